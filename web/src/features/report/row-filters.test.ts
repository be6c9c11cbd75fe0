import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { readTable } from "@/shared/report-table/table";
import { filterCount, filterRows, NO_FILTERS, withRange, type RowFilters } from "./row-filters";

const COLUMNS: Column[] = [
  { name: "id", type: "integer" },
  { name: "generation", type: "string" },
  { name: "types", type: "list" },
  { name: "speed", type: "integer" },
  { name: "is_legendary", type: "boolean" },
];
const table = readTable(
  [
    "id,generation,types,speed,is_legendary",
    "1,generation-i,fire|flying,100,false",
    "2,generation-ii,fire,90,true",
    "3,generation-i,water,,true",
  ].join("\r\n"),
  COLUMNS,
);
const ids = (filters: Partial<RowFilters>) =>
  filterRows(table, { ...NO_FILTERS, ...filters }).map((row) => row.cells[0]);

describe("filters", () => {
  it("keep the rows that meet each of them", () => {
    expect(ids({})).toEqual([1, 2, 3]);
    expect(ids({ type: "fire" })).toEqual([1, 2]);
    expect(ids({ generation: "generation-i" })).toEqual([1, 3]);
    expect(ids({ category: "is_legendary" })).toEqual([2, 3]);
    expect(ids({ type: "fire", generation: "generation-i" })).toEqual([1]);
  });

  it("include both ends of a range, and no unknown value", () => {
    expect(ids({ ranges: { speed: { min: 90, max: 100 } } })).toEqual([1, 2]);
    expect(ids({ ranges: { speed: { min: 91, max: null } } })).toEqual([1]);
    expect(ids({ ranges: { speed: { min: null, max: 99 } } })).toEqual([2]);
    expect(ids({ ranges: { speed: { min: 99, max: 91 } } })).toEqual([]);
  });

  it("are counted, and a range without ends is none", () => {
    const filters = withRange({ ...NO_FILTERS, type: "fire" }, "speed", { min: 1, max: null });
    expect(filterCount(filters)).toBe(2);
    expect(withRange(filters, "speed", { min: null, max: null })).toEqual({ ...NO_FILTERS, type: "fire" });
  });
});
