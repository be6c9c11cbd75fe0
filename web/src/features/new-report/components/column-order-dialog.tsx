import type { ColumnName } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { moveByOne } from "@/shared/report-table/column-order";
import { ColumnOrderList } from "@/shared/report-table/column-order-list";
import { Button } from "@/shared/ui/button";
import { DialogActions, ModalDialog } from "@/shared/ui/modal-dialog";
import { inDefaultOrder } from "../columns";
import styles from "./dialogs.module.css";

interface ColumnOrderDialogProps {
  columns: readonly ColumnName[];
  onChange: (columns: readonly ColumnName[]) => void;
  onClose: () => void;
}

/** Moves the selected columns. The form changes at once. */
export default function ColumnOrderDialog({ columns, onChange, onClose }: ColumnOrderDialogProps) {
  const { form, table } = useMessages();
  return (
    <ModalDialog title={form.orderTitle} onClose={onClose}>
      <p className={styles.help}>{form.orderHelp}</p>
      <ColumnOrderList
        columns={columns.map((name) => ({ name }))}
        onMove={({ name }, by) => {
          onChange(moveByOne(columns, name, by));
        }}
      >
        {(_, title) => title}
      </ColumnOrderList>
      <DialogActions>
        <Button
          onClick={() => {
            onChange(inDefaultOrder(columns));
          }}
        >
          {form.resetOrder}
        </Button>
        <Button variant="primary" onClick={onClose}>
          {table.done}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}
