import { csvParseRows } from "d3-dsv";
import type { Column } from "@/shared/api/types";

/** A parsed cell; null if it is empty, which means unknown. */
export type Value = string | number | boolean | readonly string[] | null;

export interface Row {
  /** Its index in the CSV, which identifies it. */
  index: number;
  cells: readonly Value[];
  /** The cells as they stand in the CSV. */
  texts: readonly string[];
}

export interface Table {
  columns: readonly Column[];
  rows: readonly Row[];
}

export interface SortOrder {
  column: string;
  descending: boolean;
}

/** Parses a report's CSV; `columns` are the report's columns, with their types. */
export function readTable(csv: string, columns: readonly Column[]): Table {
  const [header = [], ...lines] = csvParseRows(csv);
  const tableColumns = header.map(
    (name) => columns.find((column) => column.name === name) ?? { name, type: "string" as const },
  );
  return tableOf(tableColumns, lines);
}

/** The table of cells as they stand in the CSV. */
export function tableOf(columns: readonly Column[], lines: readonly (readonly string[])[]): Table {
  const rows = lines.map((line, index) => ({
    index,
    cells: columns.map(({ type }, column) => readCell(line[column] ?? "", type)),
    texts: line,
  }));
  return { columns, rows };
}

function readCell(text: string, type: Column["type"]): Value {
  if (text === "") {
    return type === "list" ? [] : null;
  }
  switch (type) {
    case "integer":
    case "number":
      return Number(text);
    case "boolean":
      return text.toLowerCase() === "true";
    case "list":
      return text.split("|");
    case "string":
      return text;
  }
}

export function columnIndex(table: Table, name: string): number {
  return table.columns.findIndex((column) => column.name === name);
}

export function hasColumn(table: Table, name: string): boolean {
  return columnIndex(table, name) >= 0;
}

export function valueOf(table: Table, row: Row, name: string): Value {
  return row.cells[columnIndex(table, name)] ?? null;
}

export function valuesOf(table: Table, name: string): Value[] {
  const index = columnIndex(table, name);
  return index < 0 ? [] : table.rows.map((row) => row.cells[index] ?? null);
}

export function numbersOf(table: Table, name: string): number[] {
  return valuesOf(table, name).filter((value) => typeof value === "number");
}

/** What a cell is sorted by; null if it is unknown. */
export type SortKey = (column: Column, value: Value) => string | number | boolean | null;

/** Sorts stably by a column. Unknown values come last in either direction. */
export function sortRows(
  table: Table,
  rows: readonly Row[],
  order: SortOrder | null,
  locale: string,
  keyOf: SortKey,
): readonly Row[] {
  const index = order ? columnIndex(table, order.column) : -1;
  const column = table.columns[index];
  if (!order || !column) {
    return rows;
  }
  const collator = new Intl.Collator(locale, { numeric: true });
  const direction = order.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(column, row.cells[index] ?? null) }))
    .sort(({ key: a }, { key: b }) => {
      if (isUnknown(a) || isUnknown(b)) {
        return Number(isUnknown(a)) - Number(isUnknown(b));
      }
      return direction * compare(a, b, collator);
    })
    .map(({ row }) => row);
}

type Key = ReturnType<SortKey>;

function isUnknown(key: Key): key is null | "" {
  return key === null || key === "";
}

function compare(a: NonNullable<Key>, b: NonNullable<Key>, collator: Intl.Collator): number {
  if (typeof a === "number" && typeof b === "number") {
    return a - b;
  }
  if (typeof a === "boolean" && typeof b === "boolean") {
    return Number(b) - Number(a);
  }
  return collator.compare(String(a), String(b));
}
