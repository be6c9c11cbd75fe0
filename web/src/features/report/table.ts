import { csvParseRows } from "d3-dsv";
import type { Column } from "@/shared/api/types";

/** A parsed cell; null if it is empty, which means unknown. */
export type Value = string | number | boolean | readonly string[] | null;

export interface Row {
  /** Its index in the CSV, which identifies it. */
  index: number;
  cells: readonly Value[];
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
  const rows = lines.map((line, index) => ({
    index,
    cells: tableColumns.map(({ type }, column) => readCell(line[column] ?? "", type)),
  }));
  return { columns: tableColumns, rows };
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

export function valuesOf(table: Table, name: string): Value[] {
  const index = columnIndex(table, name);
  return index < 0 ? [] : table.rows.map((row) => row.cells[index] ?? null);
}

export function numbersOf(table: Table, name: string): number[] {
  return valuesOf(table, name).filter((value) => typeof value === "number");
}

/** Sorts stably by a column. Unknown values come last in either direction. */
export function sortRows(
  table: Table,
  rows: readonly Row[],
  order: SortOrder | null,
  locale: string,
): readonly Row[] {
  const index = order ? columnIndex(table, order.column) : -1;
  if (!order || index < 0) {
    return rows;
  }
  const collator = new Intl.Collator(locale, { numeric: true });
  const direction = order.descending ? -1 : 1;
  return [...rows].sort((rowA, rowB) => {
    const [a, b] = [rowA.cells[index] ?? null, rowB.cells[index] ?? null];
    if (isUnknown(a) || isUnknown(b)) {
      return Number(isUnknown(a)) - Number(isUnknown(b));
    }
    return direction * compare(a, b, collator);
  });
}

function isUnknown(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function compare(a: Value, b: Value, collator: Intl.Collator): number {
  if (typeof a === "number" && typeof b === "number") {
    return a - b;
  }
  if (typeof a === "boolean" && typeof b === "boolean") {
    return Number(b) - Number(a);
  }
  return collator.compare(textOf(a), textOf(b));
}

/** The rows whose cells contain every word of the text; `format` returns a cell's localized text. */
export function searchRows(
  rows: readonly Row[],
  text: string,
  format: (value: Value, column: number) => string,
): readonly Row[] {
  const words = normalize(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return rows;
  }
  return rows.filter((row) => {
    const rowText = normalize(
      row.cells.map((value, column) => `${textOf(value)} ${format(value, column)}`).join(" "),
    );
    return words.every((word) => rowText.includes(word));
  });
}

/** Removes case and accents, so that "electrico" finds "eléctrico". */
function normalize(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

function textOf(value: Value): string {
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}
