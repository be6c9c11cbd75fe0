import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/names";
import { spreadsOf, typeCounts } from "./statistics";
import { readTable } from "./table";

const COLUMNS: Column[] = [
  { name: "types", type: "list" },
  { name: "hp", type: "integer" },
  { name: "speed", type: "integer" },
];

function table(...lines: string[]) {
  return readTable(["types,hp,speed", ...lines, ""].join("\r\n"), COLUMNS);
}

describe("the spreads", () => {
  it("tell quartiles, and the share of each step", () => {
    const { top, step, spreads } = spreadsOf(table("fire,10,", "fire,12,", "fire,35,", "water,59,"));
    expect([top, step]).toEqual([60, 10]);
    expect(spreads).toHaveLength(1);
    expect(spreads[0]).toEqual({
      name: "hp",
      lowest: 10,
      quarter: 11.5,
      median: 23.5,
      threeQuarters: 41,
      highest: 59,
      shares: [0, 1, 0, 0.5, 0, 0.5],
    });
  });

  it("have room for the largest value", () => {
    const { top, spreads } = spreadsOf(table("fire,255,5", "fire,1,60"));
    expect(top).toBe(260);
    expect(spreads.map((spread) => spread.name)).toEqual(["hp", "speed"]);
    expect(spreads[0]?.shares.at(-1)).toBe(1);
  });

  it("are none where no statistic is known", () => {
    expect(spreadsOf(table("fire,,")).spreads).toEqual([]);
  });
});

it("counts a Pokémon of two types for both, and puts the most first", () => {
  expect(typeCounts(table("fire|flying,1,1", "flying,1,1", "bug|fire,1,1", "flying,1,1"))).toEqual([
    ["flying", 3],
    ["fire", 2],
    ["bug", 1],
  ]);
});
