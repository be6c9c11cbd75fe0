import { median } from "d3-array";
import { STATISTICS } from "@/shared/api/types";
import { hasColumn, numbersOf, valueOf, type Row, type Table } from "@/shared/report-table/table";

export type Statistic = (typeof STATISTICS)[number];

/** The statistics that the report has. */
export function statisticsOf(table: Table): Statistic[] {
  return STATISTICS.filter((name) => hasColumn(table, name));
}

/** A row's values; null if unknown. */
export function valuesOfRow(table: Table, row: Row, names: readonly string[]): (number | null)[] {
  return names.map((name) => {
    const value = valueOf(table, row, name);
    return typeof value === "number" ? value : null;
  });
}

export function mediansOf(table: Table, names: readonly string[]): (number | null)[] {
  return names.map((name) => median(numbersOf(table, name)) ?? null);
}

const RING = 50;

/** The rings of a radar that has room for every value. */
export function ringsFor(series: readonly (readonly (number | null)[])[]): number[] {
  const largest = Math.max(3 * RING, ...series.flat().map((value) => value ?? 0));
  return Array.from({ length: Math.ceil(largest / RING) }, (_, index) => (index + 1) * RING);
}

/** The points of a polygon around (0, 0), where `top` is at a distance of 1 and the first point is at the top. */
export function polygonOf(values: readonly (number | null)[], top: number): [x: number, y: number][] {
  return values.map((value, index) => {
    const angle = (2 * Math.PI * index) / values.length;
    const distance = (value ?? 0) / top;
    return [distance * Math.sin(angle), -distance * Math.cos(angle)];
  });
}
