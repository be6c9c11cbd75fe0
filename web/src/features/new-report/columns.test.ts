import { expect, it } from "vitest";
import { COLUMN_NAMES } from "@/shared/api/types";
import {
  COLUMN_GROUP_ENTRIES,
  COLUMN_GROUPS,
  hasDefaultOrder,
  inDefaultOrder,
  knownColumns,
  toggleColumns,
} from "./columns";

it("every column is in exactly one group", () => {
  const grouped = COLUMN_GROUP_ENTRIES.flatMap(([, columns]) => columns);
  expect([...grouped].sort()).toEqual([...COLUMN_NAMES].sort());
});

it("columns that are selected again return to their places", () => {
  const without = toggleColumns(COLUMN_NAMES, COLUMN_GROUPS.statistics, false);
  expect(without).toHaveLength(COLUMN_NAMES.length - 7);
  expect(toggleColumns(without, COLUMN_GROUPS.statistics, true)).toEqual(COLUMN_NAMES);
  expect(toggleColumns([], ["name", "id"], true)).toEqual(["id", "name"]);
});

it("a new column comes after its predecessor in the user's order", () => {
  expect(toggleColumns(["speed", "name", "id"], ["species"], true)).toEqual([
    "speed",
    "name",
    "species",
    "id",
  ]);
  expect(hasDefaultOrder(["speed", "id"])).toBe(false);
  expect(hasDefaultOrder(inDefaultOrder(["speed", "id"]))).toBe(true);
});

it("ignores names that are no columns, and repetitions", () => {
  expect(knownColumns(["speed", "mood", "id", "speed"])).toEqual(["speed", "id"]);
});
