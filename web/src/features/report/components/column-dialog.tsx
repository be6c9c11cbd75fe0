import { useId } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { useColumnTitle } from "@/shared/report-table/use-column-title";
import { Button } from "@/shared/ui/button";
import { ModalDialog } from "@/shared/ui/modal-dialog";
import { StepButton } from "@/shared/ui/step-button";
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
  const columnTitle = useColumnTitle();
  const id = useId();
  const { choice, all, visible, rowHeader } = columns;
  return (
    <ModalDialog title={messages.columnsTitle} onClose={onClose}>
      <p className={styles.help}>{messages.columnsHelp}</p>
      <ol className={styles.list}>
        {all.map((column, index) => {
          const { name } = column;
          const title = columnTitle(column);
          const move = (by: -1 | 1) => () => {
            setChoice(moveColumn(choice, all, name, by));
          };
          return (
            <li key={name} className={styles.item}>
              <input
                checked={visible.includes(column)}
                disabled={name === rowHeader}
                id={`${id}-${name}`}
                type="checkbox"
                onChange={() => {
                  setChoice(toggleColumn(choice, name));
                }}
              />
              <label className={styles.label} htmlFor={`${id}-${name}`}>
                {title}
              </label>
              <StepButton
                disabled={index === 0}
                icon="up"
                label={messages.moveUp(title)}
                onClick={move(-1)}
              />
              <StepButton
                disabled={index === all.length - 1}
                icon="down"
                label={messages.moveDown(title)}
                onClick={move(1)}
              />
            </li>
          );
        })}
      </ol>
      <div className={styles.actions}>
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
      </div>
    </ModalDialog>
  );
}
