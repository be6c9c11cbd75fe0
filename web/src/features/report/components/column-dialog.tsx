import { useId } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { ColumnOrderList } from "@/shared/report-table/column-order-list";
import { Button } from "@/shared/ui/button";
import { DialogActions, ModalDialog } from "@/shared/ui/modal-dialog";
import { DEFAULT_CHOICE, moveColumn, setChoice, toggleColumn } from "../column-choice";
import type { ArrangedColumns } from "../use-column-choice";
import styles from "./column-dialog.module.css";

/** Shows, hides and moves the columns of the table. The table changes at once. */
export default function ColumnDialog({
  columns,
  onClose,
}: {
  columns: ArrangedColumns;
  onClose: () => void;
}) {
  const { table: messages } = useMessages();
  const id = useId();
  const { choice, all, visible, rowHeader } = columns;
  return (
    <ModalDialog title={messages.columnsTitle} onClose={onClose}>
      <p className={styles.help}>{messages.columnsHelp}</p>
      <ColumnOrderList
        columns={all}
        onMove={({ name }, by) => {
          setChoice(moveColumn(choice, all, name, by));
        }}
      >
        {(column, title) => (
          <>
            <input
              checked={visible.includes(column)}
              disabled={column.name === rowHeader}
              id={`${id}-${column.name}`}
              type="checkbox"
              onChange={() => {
                setChoice(toggleColumn(choice, column.name));
              }}
            />
            <label className={styles.label} htmlFor={`${id}-${column.name}`}>
              {title}
            </label>
          </>
        )}
      </ColumnOrderList>
      <DialogActions>
        <Button
          onClick={() => {
            setChoice({ ...choice, hidden: [] });
          }}
        >
          {messages.showAll}
        </Button>
        <Button
          onClick={() => {
            setChoice(DEFAULT_CHOICE);
          }}
        >
          {messages.reset}
        </Button>
        <Button variant="primary" onClick={onClose}>
          {messages.done}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
