import { useDeferredValue, useMemo } from "react";
import { useLocale } from "@/shared/i18n/language-provider";
import { sortRows, type Row, type Table } from "@/shared/report-table/table";
import { useCellText } from "@/shared/report-table/use-cell-text";
import { filterRows } from "./row-filters";
import { buildSearchIndex, searchRows } from "./search";
import type { TableView } from "./table-view";

/** The rows that the filters and the search leave, in the order of the view. */
export function useTableRows(table: Table, view: TableView): readonly Row[] {
  const locale = useLocale();
  const { texts, sortKey } = useCellText();
  const { filters, order } = view;
  const search = useDeferredValue(view.search);
  const index = useMemo(
    () => buildSearchIndex(table, (row, column) => texts(table, row, column)),
    [table, texts],
  );
  return useMemo(() => {
    const kept = new Set(filterRows(table, filters));
    const found = searchRows(
      index.filter(({ row }) => kept.has(row)),
      search,
    );
    return sortRows(table, found, order, locale, sortKey);
  }, [table, index, filters, search, order, locale, sortKey]);
}
