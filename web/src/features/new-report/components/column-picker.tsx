import { COLUMN_NAMES, type ColumnName } from "@/shared/api/names";
import { useMessages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { ESSENTIALS, GROUPS } from "../column-groups";
import { FieldFault } from "./field-fault";
import styles from "./column-picker.module.css";

interface ColumnPickerProps {
  value: readonly ColumnName[];
  fault: string | undefined;
  onChange: (columns: readonly ColumnName[]) => void;
}

export function ColumnPicker({ value, fault, onChange }: ColumnPickerProps) {
  const { ask, names } = useMessages();
  return (
    <fieldset aria-describedby={fault && "columns-fault"}>
      <legend className={styles.title}>
        {ask.columns}
        <span className={styles.chosen}>{ask.columnsChosen(value.length, COLUMN_NAMES.length)}</span>
      </legend>
      <div className={styles.presets}>
        <Button
          onClick={() => {
            onChange(COLUMN_NAMES);
          }}
        >
          {ask.allColumns}
        </Button>
        <Button
          onClick={() => {
            onChange(ESSENTIALS);
          }}
        >
          {ask.fewColumns}
        </Button>
      </div>
      <div className={styles.groups}>
        {GROUPS.map(([group, columns]) => (
          <fieldset key={group}>
            <legend className={styles.group}>{ask.columnGroups[group]}</legend>
            {columns.map((column) => (
              <label key={column} className={styles.column}>
                <input
                  checked={value.includes(column)}
                  name="columns"
                  type="checkbox"
                  value={column}
                  onChange={(event) => {
                    const others = value.filter((one) => one !== column);
                    onChange(event.target.checked ? [...others, column] : others);
                  }}
                />
                {names.columns[column]}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <FieldFault field="columns" text={fault} />
    </fieldset>
  );
}
