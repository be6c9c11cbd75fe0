import { csvParseRows } from "d3-dsv";
import type { Column } from "@/shared/api/names";

/** A cell by its column's type; null where the CSV's is empty, which is "not known". */
export type Value = string | number | boolean | readonly string[] | null;

export interface Row {
  /** Its place in the CSV, which names it. */
  place: number;
  cells: readonly Value[];
}

export interface Table {
  columns: readonly Column[];
  rows: readonly Row[];
}

export interface Order {
  column: string;
  descending: boolean;
}

/** Reads a report's CSV; `columns` are those of its record, and tell the types. */
export function readTable(csv: string, columns: readonly Column[]): Table {
  const [header = [], ...lines] = csvParseRows(csv);
  const known = header.map(
    (name) => columns.find((column) => column.name === name) ?? { name, type: "string" as const },
  );
  const rows = lines.map((line, place) => ({
    place,
    cells: known.map(({ type }, index) => readCell(line[index] ?? "", type)),
  }));
  return { columns: known, rows };
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

export function columnOf(table: Table, name: string): number {
  return table.columns.findIndex((column) => column.name === name);
}

export function valuesOf(table: Table, name: string): Value[] {
  const index = columnOf(table, name);
  return index < 0 ? [] : table.rows.map((row) => row.cells[index] ?? null);
}

export function numbersOf(table: Table, name: string): number[] {
  return valuesOf(table, name).filter((value) => typeof value === "number");
}

/** In a column's order, what is not known last either way; rows that are equal there stay as they were. */
export function sortRows(
  table: Table,
  rows: readonly Row[],
  order: Order | null,
  locale: string,
): readonly Row[] {
  const index = order ? columnOf(table, order.column) : -1;
  if (!order || index < 0) {
    return rows;
  }
  const collator = new Intl.Collator(locale, { numeric: true });
  const direction = order.descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one.cells[index] ?? null, other.cells[index] ?? null];
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

/** The rows that have every word of the text in some cell; `say` gives a cell as the visitor reads it. */
export function searchRows(
  rows: readonly Row[],
  text: string,
  say: (value: Value, column: number) => string,
): readonly Row[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return rows;
  }
  return rows.filter((row) => {
    const said = plain(row.cells.map((value, column) => `${textOf(value)} ${say(value, column)}`).join(" "));
    return words.every((word) => said.includes(word));
  });
}

/** Without case and accents: who looks for "electrico" means "eléctrico". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

function textOf(value: Value): string {
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}
