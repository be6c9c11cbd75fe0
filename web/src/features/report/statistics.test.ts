import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { readTable } from "@/shared/report-table/table";
import { distributionsOf, typeCounts } from "./statistics";

const COLUMNS: Column[] = [
  { name: "types", type: "list" },
  { name: "hp", type: "integer" },
  { name: "speed", type: "integer" },
];

function table(...lines: string[]) {
  return readTable(["types,hp,speed", ...lines, ""].join("\r\n"), COLUMNS);
}

describe("distributions", () => {
  it("have quartiles, and a count for each bin", () => {
    const { top, step, distributions } = distributionsOf(
      table("fire,10,", "fire,12,", "fire,35,", "water,59,"),
    );
    expect([top, step]).toEqual([60, 10]);
    expect(distributions).toHaveLength(1);
    expect(distributions[0]).toEqual({
      name: "hp",
      lowest: 10,
      lowerQuartile: 11.5,
      median: 23.5,
      upperQuartile: 41,
      highest: 59,
      counts: [0, 2, 0, 1, 0, 1],
    });
  });

  it("have a scale that includes the largest value", () => {
    const { top, distributions } = distributionsOf(table("fire,255,5", "fire,1,60"));
    expect(top).toBe(260);
    expect(distributions.map(({ name }) => name)).toEqual(["hp", "speed"]);
    expect(distributions[0]?.counts.at(-1)).toBe(1);
  });

  it("are empty if no statistic has values", () => {
    expect(distributionsOf(table("fire,,")).distributions).toEqual([]);
  });
});

it("counts a dual-type Pokémon toward both types, and sorts by count", () => {
  expect(typeCounts(table("fire|flying,1,1", "flying,1,1", "bug|fire,1,1", "flying,1,1"))).toEqual([
    ["flying", 3],
    ["fire", 2],
    ["bug", 1],
  ]);
});
