import { bin, quantileSorted } from "d3-array";
import { STATISTICS } from "@/shared/api/types";
import { numbersOf, valuesOf, type Table } from "@/shared/report-table/table";

export interface Distribution {
  name: (typeof STATISTICS)[number];
  lowest: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  highest: number;
  /** The number of Pokémon in each bin. */
  counts: number[];
}

export interface Distributions {
  /** The upper end of the common scale, which starts at 0. */
  top: number;
  /** The width of a bin. */
  step: number;
  distributions: Distribution[];
}

const STEP = 10;

/** The distribution of each statistic in the table. */
export function distributionsOf(table: Table): Distributions {
  const present = STATISTICS.map((name) => ({
    name,
    values: numbersOf(table, name).sort((a, b) => a - b),
  })).filter(({ values }) => values.length > 0);
  const largest = Math.max(0, ...present.map(({ values }) => values.at(-1) ?? 0));
  const top = (Math.floor(largest / (2 * STEP)) + 1) * 2 * STEP;
  const thresholds = Array.from({ length: top / STEP - 1 }, (_, index) => (index + 1) * STEP);
  const binsOf = bin().domain([0, top]).thresholds(thresholds);
  const distributions = present.map(({ name, values }) => {
    const at = (share: number) => quantileSorted(values, share) ?? 0;
    return {
      name,
      lowest: at(0),
      lowerQuartile: at(0.25),
      median: at(0.5),
      upperQuartile: at(0.75),
      highest: at(1),
      counts: binsOf(values).map((values) => values.length),
    };
  });
  return { top, step: STEP, distributions };
}

/** The number of Pokémon of each type, most first. A dual-type Pokémon counts toward both types. */
export function typeCounts(table: Table): [type: string, count: number][] {
  const counts = new Map<string, number>();
  for (const types of valuesOf(table, "types")) {
    for (const type of Array.isArray(types) ? (types as readonly string[]) : []) {
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  }
  return [...counts].sort(
    ([type, count], [otherType, otherCount]) => otherCount - count || type.localeCompare(otherType),
  );
}
