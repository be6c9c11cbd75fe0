import type { Column } from "@/shared/api/types";
import { TypeChip } from "@/shared/ui/type-chip";
import { isTypeList } from "./column-types";
import type { Value } from "./table";
import type { CellText } from "./use-cell-text";
import styles from "./cell-value.module.css";

interface CellValueProps {
  column: Column;
  value: Value;
  cellText: CellText;
}

/** A cell's value, formatted for its column. */
export function CellValue({ column, value, cellText: { text } }: CellValueProps) {
  if (isTypeList(column) && Array.isArray(value)) {
    return (
      <span className={styles.chips}>
        {(value as readonly string[]).map((type) => (
          <TypeChip key={type} type={type} />
        ))}
      </span>
    );
  }
  return value === false ? <span className={styles.no}>{text(column, value)}</span> : text(column, value);
}
