import type { Column } from "@/shared/api/types";
import type { SortOrder } from "@/shared/report-table/table";
import { filterParameters, NO_FILTERS, readFilters, type RowFilters } from "./row-filters";

export const PAGE_SIZES = [25, 50, 100] as const;

/** Which rows the table shows. It is part of the page's URL. */
export interface TableView {
  search: string;
  filters: RowFilters;
  order: SortOrder | null;
  pageSize: (typeof PAGE_SIZES)[number];
  /** From 0. */
  page: number;
}

export const INITIAL_VIEW: TableView = {
  search: "",
  filters: NO_FILTERS,
  order: null,
  pageSize: 25,
  page: 0,
};

/** Reads a view from a query, such as `q=fire&sort=-speed&page=2`. Ignores what makes no sense. */
export function readView(query: URLSearchParams, columns: readonly Column[]): TableView {
  const sort = query.get("sort") ?? "";
  const column = sort.replace(/^-/, "");
  const page = Number(query.get("page") ?? 1);
  return {
    search: query.get("q") ?? "",
    filters: readFilters(query, columns),
    order: columns.some(({ name }) => name === column) ? { column, descending: sort.startsWith("-") } : null,
    pageSize: PAGE_SIZES.find((size) => String(size) === query.get("size")) ?? INITIAL_VIEW.pageSize,
    page: Number.isSafeInteger(page) && page > 0 ? page - 1 : 0,
  };
}

/** Returns the query with the view in it; other parameters stay. */
export function writeView(query: URLSearchParams, view: TableView): URLSearchParams {
  const { search, filters, order, pageSize, page } = view;
  const parameters: Record<string, string | null> = {
    q: search.trim() || null,
    ...filterParameters(filters),
    sort: order && `${order.descending ? "-" : ""}${order.column}`,
    size: pageSize === INITIAL_VIEW.pageSize ? null : String(pageSize),
    page: page === 0 ? null : String(page + 1),
  };
  const written = new URLSearchParams(query);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) {
      written.delete(name);
    } else {
      written.set(name, value);
    }
  }
  return written;
}
