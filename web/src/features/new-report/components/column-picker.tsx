import { lazy, useState } from "react";
import { COLUMN_NAMES, type ColumnName } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { FieldGroup, type FieldError } from "@/shared/ui/field";
import { LazyPart } from "@/shared/ui/lazy-part";
import { COLUMN_GROUP_ENTRIES, ESSENTIALS, hasDefaultOrder, toggleColumns } from "../columns";
import { ColumnGroup } from "./column-group";
import styles from "./column-picker.module.css";

const ColumnOrderDialog = lazy(() => import("./column-order-dialog"));

interface ColumnPickerProps {
  value: readonly ColumnName[];
  error: FieldError | undefined;
  onChange: (columns: readonly ColumnName[]) => void;
}

/** The columns of the CSV, by group, and their order. */
export function ColumnPicker({ value, error, onChange }: ColumnPickerProps) {
  const { newReport, form } = useMessages();
  const [isOrdering, setOrdering] = useState(false);
  const label = (
    <>
      {newReport.columns}
      <span className={styles.selected}>{newReport.columnsSelected(value.length, COLUMN_NAMES.length)}</span>
    </>
  );
  const selections = [
    [newReport.allColumns, COLUMN_NAMES],
    [newReport.essentialColumns, ESSENTIALS],
    [form.noColumns, []],
  ] as const;
  return (
    <FieldGroup error={error} id="columns" label={label}>
      <div className={styles.actions}>
        {selections.map(([text, columns]) => (
          <Button
            key={text}
            onClick={() => {
              onChange(columns);
            }}
          >
            {text}
          </Button>
        ))}
        <Button
          disabled={value.length < 2}
          onClick={() => {
            setOrdering(true);
          }}
        >
          {hasDefaultOrder(value) ? form.columnOrder : form.customOrder}
        </Button>
      </div>
      <ul className={styles.groups}>
        {COLUMN_GROUP_ENTRIES.map(([group, columns]) => (
          <ColumnGroup
            key={group}
            columns={columns}
            isInvalid={error !== undefined}
            name={newReport.columnGroups[group]}
            selected={value}
            onToggle={(toggled, isSelected) => {
              onChange(toggleColumns(value, toggled, isSelected));
            }}
          />
        ))}
      </ul>
      {isOrdering && (
        <LazyPart>
          <ColumnOrderDialog
            columns={value}
            onChange={onChange}
            onClose={() => {
              setOrdering(false);
            }}
          />
        </LazyPart>
      )}
    </FieldGroup>
  );
}
