import { memo, useEffect, type ReactNode } from "react";
import type { Column } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isNumeric } from "../column-types";
import { columnIndex, type Row, type SortOrder, type Table } from "../table";
import type { ArrangedColumns } from "../use-column-choice";
import { useCellText, type CellText } from "../use-cell-text";
import { useScrollHints } from "../use-scroll-hints";
import { ColumnHeader } from "./column-header";
import { CellValue, PokemonName } from "./table-cells";
import styles from "./table-grid.module.css";

interface TableGridProps {
  /** The report's name. */
  name: string;
  table: Table;
  columns: ArrangedColumns;
  rows: readonly Row[];
  order: SortOrder | null;
  onSort: (order: SortOrder | null) => void;
  /** The table scrolls back to its first row when this changes. */
  scrollKey: string;
  children: ReactNode;
}

/** The table itself. Its header and its first columns stay in place while it scrolls. */
export function TableGrid(props: TableGridProps) {
  const { name, table, columns, rows, order, onSort, scrollKey, children } = props;
  const { table: messages } = useMessages();
  const cellText = useCellText();
  const scrollRef = useScrollHints();
  const { visible } = columns;

  useEffect(() => {
    if (scrollRef.current) {
      scrollRef.current.scrollTop = 0;
    }
  }, [scrollRef, scrollKey]);

  return (
    <div className={styles.frame}>
      <div
        aria-label={messages.of(name)}
        className={styles.scroll}
        ref={scrollRef}
        role="region"
        tabIndex={0}
      >
        <table className={`${styles.table} ${densityOf(visible.length)}`}>
          <thead>
            <tr>
              {visible.map((column) => (
                <ColumnHeader
                  key={column.name}
                  className={classOf(column, columns)}
                  column={column}
                  order={order}
                  onSort={onSort}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <TableRow key={row.index} cellText={cellText} columns={columns} row={row} table={table} />
            ))}
          </tbody>
        </table>
        {children}
      </div>
    </div>
  );
}

interface TableRowProps {
  table: Table;
  columns: ArrangedColumns;
  row: Row;
  cellText: CellText;
}

const TableRow = memo(function TableRow({ table, columns, row, cellText }: TableRowProps) {
  return (
    <tr>
      {columns.visible.map((column) => {
        const value = row.cells[columnIndex(table, column.name)] ?? null;
        const className = classOf(column, columns);
        return column.name === columns.rowHeader ? (
          <th key={column.name} className={className} scope="row">
            {column.name === "name" ? (
              <PokemonName cellText={cellText} row={row} table={table} />
            ) : (
              <CellValue cellText={cellText} column={column} value={value} />
            )}
          </th>
        ) : (
          <td key={column.name} className={className}>
            <CellValue cellText={cellText} column={column} value={value} />
          </td>
        );
      })}
    </tr>
  );
});

function classOf(column: Column, { visible, rowHeader }: ArrangedColumns): string {
  // The number stays in place too where it is just before the name.
  const hasPinnedNumber = visible[0]?.name === "id" && visible[1]?.name === rowHeader;
  return [
    isNumeric(column) && styles.numeric,
    column.name === rowHeader && styles.pinned,
    column.name === rowHeader && hasPinnedNumber && styles.afterNumber,
    column.name === "id" && hasPinnedNumber && styles.pinnedNumber,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The more columns, the smaller the text on paper. */
function densityOf(columnCount: number): string {
  if (columnCount > 18) {
    return styles.dense ?? "";
  }
  return (columnCount > 9 ? styles.medium : styles.sparse) ?? "";
}
