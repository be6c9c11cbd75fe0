import { csvFormatRow } from "d3-dsv";
import type { Row, Table } from "@/shared/report-table/table";

/** A report's CSV with only some of its rows: the lines are those of the original, byte for byte. */
export function csvOf(table: Table, rows: readonly Row[]): string {
  const lines = [table.columns.map(({ name }) => name), ...rows.map(({ texts }) => texts)];
  return lines.map((cells) => `${csvLine(cells)}\r\n`).join("");
}

function csvLine(cells: readonly string[]): string {
  // An empty line would not be a row with one empty cell.
  return cells.length === 1 && cells[0] === "" ? '""' : csvFormatRow([...cells]);
}
