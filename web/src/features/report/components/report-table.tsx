import { lazy, useRef } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import type { Row, Table } from "@/shared/report-table/table";
import { Button } from "@/shared/ui/button";
import { LazyPart } from "@/shared/ui/lazy-part";
import { INITIAL_VIEW, type TableView } from "../table-view";
import { useArrangedColumns } from "../use-column-choice";
import { useOpenedPokemon } from "../use-opened-pokemon";
import { usePrinting } from "../use-printing";
import type { ChangeView } from "../use-table-view";
import { ActiveFilters } from "./active-filters";
import { TableGrid } from "./table-grid";
import { lastPageOf, TablePager } from "./table-pager";
import { TableToolbar } from "./table-toolbar";
import styles from "./report-table.module.css";

const PokemonDialog = lazy(() => import("./pokemon-dialog"));

interface ReportTableProps {
  /** The report's name. */
  name: string;
  /** The name of the report's CSV file. */
  fileName: string;
  table: Table;
  /** The rows that the view leaves, in its order. */
  rows: readonly Row[];
  view: TableView;
  onChange: ChangeView;
}

/** The rows of a report, with search, filters, sorting, pages and a choice of columns. */
export function ReportTable({ name, fileName, table, rows, view, onChange }: ReportTableProps) {
  const { table: messages } = useMessages();
  const section = useRef<HTMLElement>(null);
  const columns = useArrangedColumns(table);
  const opened = useOpenedPokemon(table);
  const isPrinting = usePrinting();

  const page = Math.min(view.page, lastPageOf(rows.length, view.pageSize));
  const start = page * view.pageSize;
  const shownRows = isPrinting ? rows : rows.slice(start, start + view.pageSize);
  const pager = { rowCount: rows.length, view: { page, pageSize: view.pageSize } };

  const changeFromBelow: ChangeView = (change) => {
    onChange(change);
    section.current?.scrollIntoView();
  };
  return (
    <section aria-labelledby="table-title" className={styles.section} ref={section}>
      <div className={styles.head}>
        <div>
          <h2 className={styles.title} id="table-title">
            {messages.title}
          </h2>
          <p className={styles.found}>
            <span role="status">{messages.found(rows.length, table.rows.length)}</span>
            {` · ${messages.columnCount(columns.visible.length, columns.all.length)}`}
          </p>
        </div>
        <TablePager position="above" {...pager} onChange={onChange} />
      </div>
      <TableToolbar
        columns={columns}
        fileName={fileName}
        rows={rows}
        table={table}
        view={view}
        onChange={onChange}
      />
      <ActiveFilters filters={view.filters} onChange={onChange} />
      <TableGrid
        columns={columns}
        name={name}
        opened={opened}
        order={view.order}
        rows={shownRows}
        table={table}
        // A new page starts at its first row.
        scrollKey={`${page} ${view.pageSize}`}
        onSort={(order) => {
          onChange({ order });
        }}
      >
        {rows.length === 0 && (
          <div className={styles.none}>
            <p>{messages.nothingFound}</p>
            <Button
              onClick={() => {
                onChange({ search: INITIAL_VIEW.search, filters: INITIAL_VIEW.filters });
              }}
            >
              {messages.clear}
            </Button>
          </div>
        )}
      </TableGrid>
      {rows.length > view.pageSize && <TablePager position="below" {...pager} onChange={changeFromBelow} />}
      {opened.rows.length > 0 && (
        <LazyPart>
          <PokemonDialog opened={opened} table={table} />
        </LazyPart>
      )}
    </section>
  );
}
