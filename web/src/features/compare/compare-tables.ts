import type { Column } from "@/shared/api/types";
import { columnIndex, type Row, type Table } from "@/shared/report-table/table";

export interface ChangedCell {
  column: Column;
  rows: [a: Row, b: Row];
}

export interface TableComparison {
  /** The rows of Pokémon that only one report has. */
  onlyInA: readonly Row[];
  onlyInB: readonly Row[];
  /** The number of Pokémon in both. */
  inBoth: number;
  /** The cells of Pokémon in both that differ, in the order of report A. */
  changed: readonly ChangedCell[];
  /** The number of Pokémon with such cells. */
  changedRows: number;
  /** The columns that only one report has; their cells are not compared. */
  columnsOnlyInA: readonly Column[];
  columnsOnlyInB: readonly Column[];
}

/** Compares two reports by Pokémon. Returns null if they have neither names nor numbers in common. */
export function compareTables(a: Table, b: Table): TableComparison | null {
  const key = ["name", "id"].find((name) => columnIndex(a, name) >= 0 && columnIndex(b, name) >= 0);
  if (key === undefined) {
    return null;
  }
  const [rowsOfA, rowsOfB] = [rowsBy(key, a), rowsBy(key, b)];
  const common = a.columns.filter(({ name }) => columnIndex(b, name) >= 0);
  const pairs = [...rowsOfA].flatMap(([name, row]) => {
    const other = rowsOfB.get(name);
    return other ? [[row, other] as [Row, Row]] : [];
  });
  const changed = pairs.flatMap((rows) =>
    common
      .filter(({ name }) => textOf(a, rows[0], name) !== textOf(b, rows[1], name))
      .map((column) => ({ column, rows })),
  );
  return {
    onlyInA: [...rowsOfA].filter(([name]) => !rowsOfB.has(name)).map(([, row]) => row),
    onlyInB: [...rowsOfB].filter(([name]) => !rowsOfA.has(name)).map(([, row]) => row),
    inBoth: pairs.length,
    changed,
    changedRows: new Set(changed.map(({ rows }) => rows[0])).size,
    columnsOnlyInA: a.columns.filter((column) => !common.includes(column)),
    columnsOnlyInB: b.columns.filter(({ name }) => columnIndex(a, name) < 0),
  };
}

function rowsBy(key: string, table: Table): Map<string, Row> {
  return new Map(table.rows.map((row) => [textOf(table, row, key), row]));
}

function textOf(table: Table, row: Row, column: string): string {
  return row.texts[columnIndex(table, column)] ?? "";
}
