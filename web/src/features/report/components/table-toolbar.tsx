import { lazy, useState } from "react";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { hasColumn, type Row, type Table } from "@/shared/report-table/table";
import { saveFile } from "@/shared/reports/save-file";
import { Button } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { LazyPart } from "@/shared/ui/lazy-part";
import { useToast } from "@/shared/ui/toasts";
import { csvOf } from "../csv";
import { filterCount } from "../row-filters";
import { SEARCHED_COLUMNS } from "../search";
import type { TableView } from "../table-view";
import type { ArrangedColumns } from "../use-column-choice";
import type { ChangeView } from "../use-table-view";
import styles from "./table-toolbar.module.css";

const ColumnDialog = lazy(() => import("./column-dialog"));
const FilterPanel = lazy(() => import("./filter-panel"));

interface TableToolbarProps {
  fileName: string;
  table: Table;
  columns: ArrangedColumns;
  /** The rows that the view leaves. */
  rows: readonly Row[];
  view: TableView;
  onChange: ChangeView;
}

/** What changes the table: search, filters, the choice of columns, and the download of its rows. */
export function TableToolbar({ fileName, table, columns, rows, view, onChange }: TableToolbarProps) {
  const { table: messages } = useMessages();
  const { bytes } = useFormats();
  const showToast = useToast();
  const [isFiltering, setFiltering] = useState(false);
  const [isChoosingColumns, setChoosingColumns] = useState(false);
  const filters = filterCount(view.filters);

  const downloadRows = () => {
    const content = new TextEncoder().encode(csvOf(table, rows));
    const name = fileName.replace(/(\.csv)?$/, `-${rows.length}-rows.csv`);
    saveFile(content.buffer, name, "text/csv");
    showToast({ kind: "success", text: messages.saved(name, bytes(content.byteLength)) });
  };
  return (
    <div className={`${styles.toolbar} no-print`}>
      {SEARCHED_COLUMNS.some((column) => hasColumn(table, column)) && (
        <label className={styles.search}>
          <Icon name="search" />
          <span className="visually-hidden">{messages.search}</span>
          <input
            placeholder={messages.search}
            type="search"
            value={view.search}
            onChange={(event) => {
              onChange({ search: event.target.value });
            }}
          />
        </label>
      )}
      <div className={styles.buttons}>
        <Button
          aria-controls="table-filters"
          aria-expanded={isFiltering}
          icon="filter"
          onClick={() => {
            setFiltering(!isFiltering);
          }}
        >
          {filters > 0 ? messages.filtersSet(filters) : messages.filters}
        </Button>
        <Button
          icon="columns"
          onClick={() => {
            setChoosingColumns(true);
          }}
        >
          {messages.columns}
        </Button>
        <Button disabled={rows.length === 0} icon="download" onClick={downloadRows}>
          {messages.downloadRows}
        </Button>
      </div>
      <div className={styles.panel} hidden={!isFiltering} id="table-filters">
        {isFiltering && (
          <LazyPart>
            <FilterPanel filters={view.filters} table={table} onChange={onChange} />
          </LazyPart>
        )}
      </div>
      {isChoosingColumns && (
        <LazyPart>
          <ColumnDialog
            columns={columns}
            onClose={() => {
              setChoosingColumns(false);
            }}
          />
        </LazyPart>
      )}
    </div>
  );
}
