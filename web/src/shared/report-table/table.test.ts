import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { numbersOf, readTable, sortRows, valuesOf, type SortKey } from "./table";

const COLUMNS: Column[] = [
  { name: "id", type: "integer" },
  { name: "name", type: "string" },
  { name: "types", type: "list" },
  { name: "height_m", type: "number" },
  { name: "is_baby", type: "boolean" },
];
const CSV = [
  "id,name,types,height_m,is_baby",
  "172,pichu,electric,0.3,true",
  '25,"pika, ""chu""",electric|steel,,false',
  "1,bulbasaur,grass|poison,0.7,false",
  "132,Äipom,,0.8,false",
  "",
].join("\r\n");

const table = readTable(CSV, COLUMNS);
const names = (rows: typeof table.rows) => rows.map((row) => row.cells[1]);

describe("reading", () => {
  it("parses each cell by its column's type, and an empty cell as null", () => {
    expect(table.rows.map((row) => row.cells)).toEqual([
      [172, "pichu", ["electric"], 0.3, true],
      [25, 'pika, "chu"', ["electric", "steel"], null, false],
      [1, "bulbasaur", ["grass", "poison"], 0.7, false],
      [132, "Äipom", [], 0.8, false],
    ]);
  });

  it("reads a column that the report does not list as text", () => {
    expect(readTable("id,new\r\n1,2\r\n", COLUMNS).rows[0]?.cells).toEqual([1, "2"]);
  });

  it("returns a column's values and numbers, and none for a missing column", () => {
    expect(numbersOf(table, "height_m")).toEqual([0.3, 0.7, 0.8]);
    expect(valuesOf(table, "speed")).toEqual([]);
  });
});

describe("sorting", () => {
  const keyOf: SortKey = (_, value) => (Array.isArray(value) ? value.join(" ") : (value as string));
  const sorted = (column: string, descending = false) =>
    names(sortRows(table, table.rows, { column, descending }, "en", keyOf));

  it("sorts numbers by value, and unknown values last in either direction", () => {
    expect(sorted("id")).toEqual(["bulbasaur", 'pika, "chu"', "Äipom", "pichu"]);
    expect(sorted("height_m")).toEqual(["pichu", "bulbasaur", "Äipom", 'pika, "chu"']);
    expect(sorted("height_m", true)).toEqual(["Äipom", "bulbasaur", "pichu", 'pika, "chu"']);
    expect(sorted("types", true).at(-1)).toBe("Äipom");
  });

  it("sorts text by the rules of the language", () => {
    expect(sorted("name")).toEqual(["Äipom", "bulbasaur", "pichu", 'pika, "chu"']);
  });

  it("sorts true before false, and keeps the order of equal rows", () => {
    expect(sorted("is_baby")).toEqual(["pichu", 'pika, "chu"', "bulbasaur", "Äipom"]);
  });

  it("keeps the order without a sort order, or for a missing column", () => {
    expect(sortRows(table, table.rows, null, "en", keyOf)).toBe(table.rows);
    expect(sorted("speed")).toEqual(names(table.rows));
  });
});
