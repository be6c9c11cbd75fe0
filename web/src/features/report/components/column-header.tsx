import type { Column, ColumnName } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isNumeric } from "../column-types";
import type { SortOrder } from "../table";
import styles from "./report-table.module.css";

interface ColumnHeaderProps {
  column: Column;
  isFirst: boolean;
  order: SortOrder | null;
  onSort: (order: SortOrder | null) => void;
}

/** A column's title, as a button that sorts by the column. */
export function ColumnHeader({ column, isFirst, order, onSort }: ColumnHeaderProps) {
  const { names } = useMessages();
  const isSorted = order?.column === column.name;
  const direction = isSorted && order.descending ? "descending" : "ascending";
  const title = column.name in names.columns ? names.columns[column.name as ColumnName] : column.name;
  return (
    <th
      aria-sort={isSorted ? direction : "none"}
      className={[isNumeric(column) ? styles.numeric : "", isFirst ? styles.first : ""].join(" ")}
      scope="col"
    >
      <button
        className={styles.sort}
        type="button"
        onClick={() => {
          onSort(nextOrder(order, column.name));
        }}
      >
        {title}
        <svg aria-hidden="true" className={styles.arrow} viewBox="0 0 10 10">
          <path d="M5 1.5 9 8.5H1Z" fill="currentColor" />
        </svg>
      </button>
    </th>
  );
}

/** Cycles through ascending, descending and the order of the CSV. */
function nextOrder(order: SortOrder | null, column: string): SortOrder | null {
  if (order?.column !== column) {
    return { column, descending: false };
  }
  return order.descending ? null : { column, descending: true };
}
