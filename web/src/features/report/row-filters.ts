import { STATISTICS, type Column } from "@/shared/api/types";
import { columnIndex, type Row, type Table, type Value } from "@/shared/report-table/table";

/** The columns whose values can be limited to a range. */
export const RANGE_COLUMNS = [...STATISTICS, "base_stat_total"] as const;
export type RangeColumn = (typeof RANGE_COLUMNS)[number];

/** The columns that mark special Pokémon. */
export const CATEGORIES = ["is_legendary", "is_mythical", "is_baby"] as const;
export type Category = (typeof CATEGORIES)[number];

/** Inclusive; null if open. */
export interface Range {
  min: number | null;
  max: number | null;
}

export interface RowFilters {
  type: string | null;
  generation: string | null;
  category: Category | null;
  ranges: Partial<Record<RangeColumn, Range>>;
}

export const NO_FILTERS: RowFilters = { type: null, generation: null, category: null, ranges: {} };

/** The number of filters that are set. */
export function filterCount({ ranges, ...choices }: RowFilters): number {
  return Object.values(choices).filter(Boolean).length + Object.keys(ranges).length;
}

/** The filters with a changed range; one that is open at both ends is removed. */
export function withRange(filters: RowFilters, column: RangeColumn, range: Range): RowFilters {
  const isOpen = range.min === null && range.max === null;
  const entries = Object.entries({ ...filters.ranges, [column]: range });
  return { ...filters, ranges: Object.fromEntries(entries.filter(([name]) => name !== column || !isOpen)) };
}

/** The rows that meet every filter. An unknown value meets none. */
export function filterRows(table: Table, { type, generation, category, ranges }: RowFilters): readonly Row[] {
  const tests: ((row: Row) => boolean)[] = [];
  const require = (column: string, test: (value: Value) => boolean) => {
    const index = columnIndex(table, column);
    tests.push((row) => test(row.cells[index] ?? null));
  };
  if (type) {
    require("types", (value) => Array.isArray(value) && value.includes(type));
  }
  if (generation) {
    require("generation", (value) => value === generation);
  }
  if (category) {
    require(category, (value) => value === true);
  }
  for (const [column, { min, max }] of Object.entries(ranges)) {
    require(column, (value) =>
      typeof value === "number" && value >= (min ?? 0) && value <= (max ?? Infinity));
  }
  return tests.length === 0 ? table.rows : table.rows.filter((row) => tests.every((test) => test(row)));
}

/** Reads the filters from a query. Ignores those of columns that the report does not have. */
export function readFilters(query: URLSearchParams, columns: readonly Column[]): RowFilters {
  const names = new Set<string>(columns.map(({ name }) => name));
  const ranges = RANGE_COLUMNS.filter((column) => names.has(column)).flatMap((column) => {
    const range = readRange(query.get(column));
    return range ? [[column, range] as const] : [];
  });
  return {
    type: names.has("types") ? query.get("type") : null,
    generation: names.has("generation") ? query.get("generation") : null,
    category: CATEGORIES.find((name) => names.has(name) && name === query.get("category")) ?? null,
    ranges: Object.fromEntries(ranges),
  };
}

/** The filters as query parameters; null for a filter that is not set. */
export function filterParameters({ type, generation, category, ranges }: RowFilters) {
  return {
    type,
    generation,
    category,
    ...Object.fromEntries(
      RANGE_COLUMNS.map((column) => [column, ranges[column] ? rangeText(ranges[column]) : null]),
    ),
  };
}

/** "50-99", "50-" or "-99". */
function rangeText({ min, max }: Range): string {
  return `${min ?? ""}-${max ?? ""}`;
}

function readRange(text: string | null): Range | null {
  const [, min = "", max = ""] = /^(\d*)-(\d*)$/.exec(text ?? "") ?? [];
  return min || max ? { min: min ? Number(min) : null, max: max ? Number(max) : null } : null;
}
