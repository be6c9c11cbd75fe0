import { useDeferredValue, useMemo, useState } from "react";
import { useLocale, useMessages } from "@/shared/i18n/language-provider";
import { Icon } from "@/shared/ui/icon";
import { columnIndex, searchRows, sortRows, type SortOrder, type Table, type Value } from "../table";
import { ColumnHeader } from "./column-header";
import { CellValue, PokemonName } from "./table-cells";
import { TablePager } from "./table-pager";
import { isNumeric, isTypeList } from "../column-types";
import styles from "./report-table.module.css";

const ROWS_PER_PAGE = 25;

/** The rows of a report, with search, sorting and pages. */
export function ReportTable({ name, table }: { name: string; table: Table }) {
  const { report: messages } = useMessages();
  const [searchText, setSearchText] = useState("");
  const [order, setOrder] = useState<SortOrder | null>(null);
  const [page, setPage] = useState(0);
  const rows = useSearchedAndSortedRows(table, useDeferredValue(searchText), order);

  const pageCount = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
  const currentPage = Math.min(page, pageCount - 1);
  const pageRows = rows.slice(currentPage * ROWS_PER_PAGE, (currentPage + 1) * ROWS_PER_PAGE);
  const nameIndex = columnIndex(table, "name");
  const rowHeaderIndex = Math.max(nameIndex, 0);
  // The name column shows the sprite too.
  const spriteIndex = columnIndex(table, "sprite_url");
  const columns = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => index !== spriteIndex || nameIndex < 0);

  return (
    <section aria-labelledby="table-title" className={styles.section}>
      <div className={styles.head}>
        <div>
          <h2 className={styles.title} id="table-title">
            {messages.table}
          </h2>
          <p className={styles.found} role="status">
            {messages.found(rows.length, table.rows.length)}
          </p>
        </div>
        <label className={styles.search}>
          <Icon name="search" />
          <span className="visually-hidden">{messages.search}</span>
          <input
            placeholder={messages.search}
            type="search"
            value={searchText}
            onChange={(event) => {
              setSearchText(event.target.value);
              setPage(0);
            }}
          />
        </label>
      </div>
      <div aria-label={messages.tableOf(name)} className={styles.scroll} role="region" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map(({ column, index }) => (
                <ColumnHeader
                  key={column.name}
                  column={column}
                  isFirst={index === rowHeaderIndex}
                  order={order}
                  onSort={(newOrder) => {
                    setOrder(newOrder);
                    setPage(0);
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {pageRows.map((row) => (
              <tr key={row.index}>
                {columns.map(({ column, index }) => {
                  const value = row.cells[index] ?? null;
                  return index === rowHeaderIndex ? (
                    <th key={column.name} className={styles.first} scope="row">
                      {index === nameIndex ? (
                        <PokemonName row={row} table={table} />
                      ) : (
                        <CellValue column={column} value={value} />
                      )}
                    </th>
                  ) : (
                    <td key={column.name} className={isNumeric(column) ? styles.numeric : undefined}>
                      <CellValue column={column} value={value} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {pageRows.length === 0 && <p className={styles.none}>{messages.nothingFound}</p>}
      </div>
      {pageCount > 1 && <TablePager page={currentPage} pageCount={pageCount} onChange={setPage} />}
    </section>
  );
}

function useSearchedAndSortedRows(table: Table, searchText: string, order: SortOrder | null) {
  const { names } = useMessages();
  const locale = useLocale();
  return useMemo(() => {
    const format = (value: Value, index: number) => {
      const column = table.columns[index];
      return column && isTypeList(column) && Array.isArray(value) ? value.map(names.type).join(" ") : "";
    };
    return sortRows(table, searchRows(table.rows, searchText, format), order, locale);
  }, [table, searchText, order, locale, names]);
}
