import { describe, expect, it } from "vitest";
import { COLUMN_NAMES } from "@/shared/api/names";
import { GROUPS } from "./column-groups";
import { faultsOf, fieldOf, FIRST_DRAFT, populationOf, requestOf, sampleOf, type Draft } from "./draft";

const GENERATIONS = [
  { name: "generation-i", pokemon_count: 238 },
  { name: "generation-ii", pokemon_count: 117 },
];

function draft(changes: Partial<Draft>): Draft {
  return { ...FIRST_DRAFT, ...changes };
}

describe("the population", () => {
  const types = [{ name: "electric", pokemon_count: 14 }];

  it("is that of every generation where none is chosen", () => {
    expect(populationOf({ type: null, generation: null }, null, GENERATIONS)).toBe(355);
    expect(populationOf({ type: "electric", generation: null }, null, GENERATIONS)).toBe(355);
  });

  it("is that of the chosen generation", () => {
    expect(populationOf({ type: null, generation: "generation-i" }, types, GENERATIONS)).toBe(238);
  });

  it("is that of the chosen type while the generations are counted anew", () => {
    expect(populationOf({ type: "electric", generation: null }, types, null)).toBe(14);
    expect(populationOf({ type: "electric", generation: "generation-i" }, types, null)).toBe(14);
  });

  it("is not known while nothing is counted, or of a name that is not listed", () => {
    expect(populationOf({ type: null, generation: null }, types, null)).toBeNull();
    expect(populationOf({ type: "new", generation: null }, types, null)).toBeNull();
    expect(populationOf({ type: null, generation: "generation-x" }, types, GENERATIONS)).toBeNull();
  });
});

describe("the sample", () => {
  it("is never above the population", () => {
    expect(sampleOf(draft({ sampleSize: "2000" }), 100)).toBe(100);
    expect(sampleOf(draft({ sampleSize: "12" }), 100)).toBe(12);
  });

  it("is all of them where none is wanted", () => {
    expect(sampleOf(draft({ sampled: false }), 100)).toBeNull();
  });

  it.each(["", "0", "-3", "1.5", "1e3", "many"])("cannot be %j", (sampleSize) => {
    expect(faultsOf(draft({ sampleSize }))).toEqual(new Set(["sample_size"]));
  });

  it("is not looked at where all are wanted", () => {
    expect(faultsOf(draft({ sampleSize: "", sampled: false }))).toEqual(new Set());
  });
});

describe("the request", () => {
  it("leaves to the server what it would do anyway", () => {
    expect(requestOf(FIRST_DRAFT, 1351)).toEqual({
      type: null,
      generation: null,
      include_forms: true,
      sample_size: 12,
      seed: null,
      columns: null,
    });
  });

  it("has the columns in the report's order, whichever was chosen first", () => {
    expect(requestOf(draft({ columns: ["name", "id"] }), null).columns).toEqual(["id", "name"]);
  });

  it("cannot be made without a column, or with a seed that is no number", () => {
    expect(faultsOf(draft({ columns: [], seed: "seven" }))).toEqual(new Set(["columns", "seed"]));
    expect(faultsOf(draft({ seed: "9007199254740992" }))).toEqual(new Set(["seed"]));
    expect(requestOf(draft({ seed: " 7 " }), null).seed).toBe(7);
  });
});

it("tells a fault's field from its pointer", () => {
  expect(fieldOf("/columns/1")).toBe("columns");
  expect(fieldOf("/sample_size")).toBe("sample_size");
  expect(fieldOf("/colour")).toBeNull();
  expect(fieldOf("")).toBeNull();
});

it("has every column in one group", () => {
  const grouped = GROUPS.flatMap(([, columns]) => columns);
  expect([...grouped].sort()).toEqual([...COLUMN_NAMES].sort());
});
