import { describe, expect, it } from "vitest";
import { COLUMN_NAMES } from "@/shared/api/types";
import { COLUMN_GROUP_ENTRIES } from "./columns";
import {
  invalidFields,
  fieldOf,
  INITIAL_DRAFT,
  populationOf,
  requestOf,
  sampleOf,
  type Draft,
} from "./draft";

const GENERATIONS = [
  { name: "generation-i", pokemon_count: 238 },
  { name: "generation-ii", pokemon_count: 117 },
];

function draft(changes: Partial<Draft>): Draft {
  return { ...INITIAL_DRAFT, ...changes };
}

describe("the population", () => {
  const types = [{ name: "electric", pokemon_count: 14 }];

  it("is the sum of all generations if none is selected", () => {
    expect(populationOf({ type: null, generation: null }, null, GENERATIONS)).toBe(355);
    expect(populationOf({ type: "electric", generation: null }, null, GENERATIONS)).toBe(355);
  });

  it("is the count of the selected generation", () => {
    expect(populationOf({ type: null, generation: "generation-i" }, types, GENERATIONS)).toBe(238);
  });

  it("is the count of the selected type while the generations are loading", () => {
    expect(populationOf({ type: "electric", generation: null }, types, null)).toBe(14);
    expect(populationOf({ type: "electric", generation: "generation-i" }, types, null)).toBe(14);
  });

  it("is unknown before anything is counted, or for a name that is not listed", () => {
    expect(populationOf({ type: null, generation: null }, types, null)).toBeNull();
    expect(populationOf({ type: "new", generation: null }, types, null)).toBeNull();
    expect(populationOf({ type: null, generation: "generation-x" }, types, GENERATIONS)).toBeNull();
  });
});

describe("the sample", () => {
  it("is at most the population", () => {
    expect(sampleOf(draft({ sampleSize: "2000" }), 100)).toBe(100);
    expect(sampleOf(draft({ sampleSize: "12" }), 100)).toBe(12);
  });

  it("is null if all Pokémon are requested", () => {
    expect(sampleOf(draft({ isSample: false }), 100)).toBeNull();
  });

  it.each(["", "0", "-3", "1.5", "1e3", "many"])("is invalid if its size is %j", (sampleSize) => {
    expect(invalidFields(draft({ sampleSize }))).toEqual(new Set(["sample_size"]));
  });

  it("is not validated if all Pokémon are requested", () => {
    expect(invalidFields(draft({ sampleSize: "", isSample: false }))).toEqual(new Set());
  });
});

describe("the request", () => {
  it("leaves the columns to the server by default", () => {
    expect(requestOf(INITIAL_DRAFT, 1351)).toEqual({
      type: null,
      generation: null,
      include_forms: true,
      sample_size: 12,
      seed: null,
      columns: null,
    });
  });

  it("has the columns in the report's order, however they were selected", () => {
    expect(requestOf(draft({ columns: ["name", "id"] }), null).columns).toEqual(["id", "name"]);
  });

  it("is invalid without a column, or with a seed that is not a number", () => {
    expect(invalidFields(draft({ columns: [], seed: "seven" }))).toEqual(new Set(["columns", "seed"]));
    expect(invalidFields(draft({ seed: "9007199254740992" }))).toEqual(new Set(["seed"]));
    expect(requestOf(draft({ seed: " 7 " }), null).seed).toBe(7);
  });
});

it("finds an error's field by its pointer", () => {
  expect(fieldOf("/columns/1")).toBe("columns");
  expect(fieldOf("/sample_size")).toBe("sample_size");
  expect(fieldOf("/colour")).toBeNull();
  expect(fieldOf("")).toBeNull();
});

it("every column is in exactly one group", () => {
  const grouped = COLUMN_GROUP_ENTRIES.flatMap(([, columns]) => columns);
  expect([...grouped].sort()).toEqual([...COLUMN_NAMES].sort());
});
