import { useId, useState } from "react";
import type { ColumnName } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { errorId } from "@/shared/ui/field";
import { Icon } from "@/shared/ui/icon";
import styles from "./column-group.module.css";

interface ColumnGroupProps {
  name: string;
  columns: readonly ColumnName[];
  selected: readonly ColumnName[];
  isInvalid: boolean;
  onToggle: (columns: readonly ColumnName[], isSelected: boolean) => void;
}

/** A checkbox for all columns of a group, and below it one for each, which a button shows. */
export function ColumnGroup({ name, columns, selected, isInvalid, onToggle }: ColumnGroupProps) {
  const { newReport, form, names } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const count = columns.filter((column) => selected.includes(column)).length;
  return (
    <li className={styles.group}>
      <div className={styles.head}>
        <label className={styles.label}>
          <input
            aria-describedby={isInvalid ? errorId("columns") : undefined}
            aria-invalid={isInvalid}
            checked={count === columns.length}
            ref={(input) => {
              if (input) {
                input.indeterminate = count > 0 && count < columns.length;
              }
            }}
            type="checkbox"
            onChange={(event) => {
              onToggle(columns, event.target.checked);
            }}
          />
          {name}
        </label>
        <button
          aria-controls={id}
          aria-expanded={isOpen}
          aria-label={form.columnsOf(name, count, columns.length)}
          className={styles.expand}
          type="button"
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {newReport.columnsSelected(count, columns.length)}
          <Icon name="expand" size={18} />
        </button>
      </div>
      {isOpen && (
        <div className={styles.columns} id={id}>
          {columns.map((column) => (
            <label key={column} className={styles.label}>
              <input
                checked={selected.includes(column)}
                type="checkbox"
                value={column}
                onChange={(event) => {
                  onToggle([column], event.target.checked);
                }}
              />
              {names.columns[column]}
            </label>
          ))}
        </div>
      )}
    </li>
  );
}
