import { describe, expect, it } from "vitest";
import { COLUMN_NAMES } from "@/shared/api/types";
import { buildReport } from "@/testing/build-report";
import {
  draftOf,
  exceedsPopulation,
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
  it("is the whole population if its size is not smaller", () => {
    expect(sampleOf(draft({ sampleSize: "12" }), 100)).toBe(12);
    expect(sampleOf(draft({ sampleSize: "100" }), 100)).toBeNull();
    expect(exceedsPopulation(draft({ sampleSize: "100" }), 100)).toBe(false);
    expect(sampleOf(draft({ sampleSize: "2000" }), 100)).toBeNull();
    expect(exceedsPopulation(draft({ sampleSize: "2000" }), 100)).toBe(true);
    expect(sampleOf(draft({ sampleSize: "2000" }), null)).toBe(2000);
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
      name: null,
    });
  });

  it("has the columns in the user's order, and a name without surrounding spaces", () => {
    const reversed = [...COLUMN_NAMES].reverse();
    expect(requestOf(draft({ columns: reversed }), null).columns).toEqual(reversed);
    expect(requestOf(draft({ name: "  My team " }), null).name).toBe("My team");
  });

  it("has a seed only for a sample", () => {
    expect(requestOf(draft({ seed: "7" }), 1351).seed).toBe(7);
    expect(requestOf(draft({ seed: "7" }), 12).seed).toBeNull();
    expect(requestOf(draft({ seed: "seven", isSample: false }), 1351).seed).toBeNull();
    expect(invalidFields(draft({ seed: "seven", isSample: false }))).toEqual(new Set());
  });

  it("of a report fills the draft that requests it again", () => {
    const report = buildReport({ name: "My team" });
    const request = { ...report.request, columns: ["name", "id"] };
    const sent = { ...request, name: "My team" };
    expect(requestOf(draftOf({ ...report, request }), null)).toEqual(sent);
    const all = { ...request, sample_size: null, seed: 7 };
    expect(requestOf(draftOf({ ...report, request: all }), null)).toEqual({
      ...sent,
      sample_size: null,
      seed: null,
    });
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
