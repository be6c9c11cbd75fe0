import { memo, useEffect, type MouseEvent, type ReactNode } from "react";
import type { Column } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { CellValue } from "@/shared/report-table/cell-value";
import { isNumeric } from "@/shared/report-table/column-types";
import { valueOf, type Row, type SortOrder, type Table } from "@/shared/report-table/table";
import { useCellText, type CellText } from "@/shared/report-table/use-cell-text";
import type { ArrangedColumns } from "../use-column-choice";
import type { OpenedPokemon } from "../use-opened-pokemon";
import { useScrollHints } from "../use-scroll-hints";
import { ColumnHeader } from "./column-header";
import { RowName } from "./row-name";
import styles from "./table-grid.module.css";

interface TableGridProps {
  /** The report's name. */
  name: string;
  table: Table;
  columns: ArrangedColumns;
  rows: readonly Row[];
  opened: OpenedPokemon;
  order: SortOrder | null;
  onSort: (order: SortOrder | null) => void;
  /** The table scrolls back to its first row when this changes. */
  scrollKey: string;
  children: ReactNode;
}

/** The table itself. Its header and its first columns stay in place while it scrolls. */
export function TableGrid(props: TableGridProps) {
  const { name, table, columns, rows, opened, order, onSort, scrollKey, children } = props;
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
              <TableRow
                key={row.index}
                cellText={cellText}
                columns={columns}
                pokemonKey={opened.keyOf(row)}
                row={row}
                table={table}
                urlOf={opened.urlOf}
                onOpen={opened.change}
              />
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
  /** What identifies the row's Pokémon; null if nothing does. */
  pokemonKey: string | null;
  urlOf: OpenedPokemon["urlOf"];
  onOpen: OpenedPokemon["change"];
}

const TableRow = memo(function TableRow(props: TableRowProps) {
  const { table, columns, row, cellText, pokemonKey, urlOf, onOpen } = props;
  const open = (event: MouseEvent<HTMLElement>) => {
    const opensTab = event.metaKey || event.ctrlKey || event.shiftKey;
    const isSelectingText = window.getSelection()?.isCollapsed === false;
    if (pokemonKey !== null && !opensTab && !isSelectingText) {
      event.preventDefault();
      onOpen(() => [pokemonKey]);
    }
  };
  return (
    // The link in the row is for the keyboard.
    <tr className={pokemonKey === null ? undefined : styles.opens} onClick={open}>
      {columns.visible.map((column) => {
        const className = classOf(column, columns);
        return column.name === columns.rowHeader ? (
          <th key={column.name} className={className} scope="row">
            <RowName
              cellText={cellText}
              column={column}
              row={row}
              table={table}
              url={pokemonKey === null ? null : urlOf(pokemonKey)}
            />
          </th>
        ) : (
          <td key={column.name} className={className}>
            <CellValue cellText={cellText} column={column} value={valueOf(table, row, column.name)} />
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
  const density = columnCount > 18 ? styles.dense : columnCount > 9 ? styles.medium : undefined;
  return density ?? "";
}
