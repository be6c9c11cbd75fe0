import { countsIn } from "./counts";

const { number, plural } = countsIn("en");

/** The table of a report. */
export const table = {
  title: "Table",
  of: (name: string) => `Table of ${name}`,
  search: "Search names, types and abilities",
  found: (count: number, total: number) =>
    count === total ? plural(total, "row", "rows") : `${number(count)} of ${plural(total, "row", "rows")}`,
  columnCount: (shown: number, total: number) =>
    shown === total ? plural(total, "column", "columns") : `${number(shown)} of ${number(total)} columns`,
  nothingFound: "No matching rows",
  clearFilters: "Clear filters",
  clear: "Clear search and filters",
  yes: "Yes",
  no: "No",
  downloadRows: "Download these rows",
  saved: (file: string, size: string) => `Saved ${file} (${size})`,
  rowsPerPage: "Rows per page",
  perPage: (size: number) => `${number(size)} per page`,
  pagesAbove: "Pages, above the table",
  pagesBelow: "Pages, below the table",
  range: (first: number, last: number, total: number) =>
    `${number(first)}–${number(last)} of ${number(total)}`,
  first: "First page",
  previous: "Previous page",
  next: "Next page",
  last: "Last page",
  columns: "Columns",
  columnsTitle: "Columns of the table",
  columnsHelp: "Saved in this browser, for every report. The CSV always has all columns.",
  moveUp: (name: string) => `Move ${name} up`,
  moveDown: (name: string) => `Move ${name} down`,
  showAll: "Show all",
  reset: "Reset",
  done: "Done",
  filters: "Filters",
  filtersSet: (count: number) => `Filters (${number(count)})`,
  type: "Type",
  allTypes: "All types",
  generation: "Generation",
  allGenerations: "All generations",
  category: "Category",
  allCategories: "All categories",
  minimum: (name: string) => `Minimum ${name}`,
  maximum: (name: string) => `Maximum ${name}`,
  from: "From",
  to: "To",
  /** `min` and `max` are formatted numbers; at most one of them is null. */
  inRange: (name: string, min: string | null, max: string | null) => {
    if (min === null || max === null) {
      return max === null ? `${name} ${min ?? ""} or more` : `${name} ${max} or less`;
    }
    return `${name} ${min === max ? min : `${min}–${max}`}`;
  },
  /** What a bar of a chart stands for. */
  bar: (name: string, count: number) => `${name}: ${number(count)} Pokémon`,
  selectBar: "Select a bar to filter the table.",
  seeRows: (count: number) => `See ${plural(count, "matching row", "matching rows")}`,
  emptyRange: "The minimum is above the maximum.",
  removeFilter: (filter: string) => `Remove filter: ${filter}`,
  activeFilters: "Active filters",
};
