import type { Column } from "@/shared/api/types";
import type { SortOrder } from "@/shared/report-table/table";
import { useColumnTitle } from "@/shared/report-table/use-column-title";
import styles from "./table-grid.module.css";

interface ColumnHeaderProps {
  column: Column;
  className: string;
  order: SortOrder | null;
  onSort: (order: SortOrder | null) => void;
}

/** A column's title, as a button that sorts by the column. */
export function ColumnHeader({ column, className, order, onSort }: ColumnHeaderProps) {
  const columnTitle = useColumnTitle();
  const isSorted = order?.column === column.name;
  const direction = isSorted && order.descending ? "descending" : "ascending";
  return (
    <th aria-sort={isSorted ? direction : "none"} className={className} scope="col">
      <button
        className={styles.sort}
        type="button"
        onClick={() => {
          onSort(nextOrder(order, column.name));
        }}
      >
        {columnTitle(column)}
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
