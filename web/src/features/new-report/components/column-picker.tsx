import { COLUMN_NAMES, type ColumnName } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { FieldGroup, type FieldError } from "@/shared/ui/field";
import { COLUMN_GROUP_ENTRIES, ESSENTIALS } from "../column-groups";
import styles from "./column-picker.module.css";

interface ColumnPickerProps {
  value: readonly ColumnName[];
  error: FieldError | undefined;
  onChange: (columns: readonly ColumnName[]) => void;
}

export function ColumnPicker({ value, error, onChange }: ColumnPickerProps) {
  const { newReport, names } = useMessages();
  const label = (
    <>
      {newReport.columns}
      <span className={styles.selected}>{newReport.columnsSelected(value.length, COLUMN_NAMES.length)}</span>
    </>
  );
  const toggle = (column: ColumnName, isSelected: boolean) => {
    const others = value.filter((selected) => selected !== column);
    onChange(isSelected ? [...others, column] : others);
  };
  return (
    <FieldGroup error={error} id="columns" label={label}>
      <div className={styles.presets}>
        <Button
          onClick={() => {
            onChange(COLUMN_NAMES);
          }}
        >
          {newReport.allColumns}
        </Button>
        <Button
          onClick={() => {
            onChange(ESSENTIALS);
          }}
        >
          {newReport.essentialColumns}
        </Button>
      </div>
      <div className={styles.groups}>
        {COLUMN_GROUP_ENTRIES.map(([group, columns]) => (
          <fieldset key={group}>
            <legend className={styles.group}>{newReport.columnGroups[group]}</legend>
            {columns.map((column) => (
              <label key={column} className={styles.column}>
                <input
                  checked={value.includes(column)}
                  name="columns"
                  type="checkbox"
                  value={column}
                  onChange={(event) => {
                    toggle(column, event.target.checked);
                  }}
                />
                {names.columns[column]}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </FieldGroup>
  );
}
