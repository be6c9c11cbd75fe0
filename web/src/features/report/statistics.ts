import { bin, quantileSorted } from "d3-array";
import { STATISTICS } from "@/shared/api/names";
import { numbersOf, valuesOf, type Table } from "./table";

export interface Spread {
  name: (typeof STATISTICS)[number];
  lowest: number;
  quarter: number;
  median: number;
  threeQuarters: number;
  highest: number;
  /** The share of the fullest bin, from 0 to 1, for each step of the scale. */
  shares: number[];
}

export interface Spreads {
  /** What the scale goes to, for all of them. */
  top: number;
  step: number;
  spreads: Spread[];
}

const STEP = 10;

/** How each statistic that the table has is distributed. */
export function spreadsOf(table: Table): Spreads {
  const present = STATISTICS.map((name) => ({
    name,
    values: numbersOf(table, name).sort((a, b) => a - b),
  })).filter(({ values }) => values.length > 0);
  const largest = Math.max(0, ...present.map(({ values }) => values.at(-1) ?? 0));
  const top = (Math.floor(largest / (2 * STEP)) + 1) * 2 * STEP;
  const thresholds = Array.from({ length: top / STEP - 1 }, (_, index) => (index + 1) * STEP);
  const counts = bin().domain([0, top]).thresholds(thresholds);
  const spreads = present.map(({ name, values }) => {
    const bins = counts(values).map((one) => one.length);
    const fullest = Math.max(...bins);
    const at = (share: number) => quantileSorted(values, share) ?? 0;
    return {
      name,
      lowest: at(0),
      quarter: at(0.25),
      median: at(0.5),
      threeQuarters: at(0.75),
      highest: at(1),
      shares: bins.map((count) => count / fullest),
    };
  });
  return { top, step: STEP, spreads };
}

/** How many Pokémon there are of each type, most first. One of two types counts for both. */
export function typeCounts(table: Table): [type: string, count: number][] {
  const counts = new Map<string, number>();
  for (const types of valuesOf(table, "types")) {
    for (const type of Array.isArray(types) ? (types as readonly string[]) : []) {
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}
