import { expect, it } from "vitest";
import { readTable, type Row } from "@/shared/report-table/table";
import { compareTables } from "./compare-tables";

const table = (...lines: string[]) => readTable([...lines, ""].join("\r\n"), []);
const first = (rows: readonly Row[]) => rows.map((row) => row.texts[0]);

it("finds the rows of only one report, and the cells that differ", () => {
  const comparison = compareTables(
    table("id,name,hp,speed", "1,a,10,1", "2,b,20,2", "3,c,30,3"),
    table("name,hp,color,id", "c,31,red,3", "d,40,red,4", "b,20,red,2"),
  );
  expect(first(comparison?.onlyInA ?? [])).toEqual(["1"]);
  expect(first(comparison?.onlyInB ?? [])).toEqual(["d"]);
  expect(comparison?.inBoth).toBe(2);
  expect(comparison?.changed.map(({ column, rows }) => [column.name, ...first(rows)])).toEqual([
    ["hp", "3", "c"],
  ]);
  expect(comparison?.changedRows).toBe(1);
  expect(comparison?.columnsOnlyInA.map(({ name }) => name)).toEqual(["speed"]);
  expect(comparison?.columnsOnlyInB.map(({ name }) => name)).toEqual(["color"]);
});

it("finds no difference in a report with the same rows in another order", () => {
  const comparison = compareTables(table("name,hp", "a,1", "b,2"), table("hp,name", "2,b", "1,a"));
  expect(comparison).toMatchObject({ onlyInA: [], onlyInB: [], changed: [], inBoth: 2 });
});

it("compares by number without names, and not at all without either", () => {
  expect(compareTables(table("id,hp", "1,2"), table("id,hp", "1,3"))?.changed).toHaveLength(1);
  expect(compareTables(table("id,hp", "1,2"), table("name,hp", "a,2"))).toBeNull();
});
