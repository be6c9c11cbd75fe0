import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/names";
import { numbersOf, readTable, searchRows, sortRows, valuesOf } from "./table";

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
const say = () => "";

describe("reading", () => {
  it("gives each cell by its column's type, and what is not known as null", () => {
    expect(table.rows.map((row) => row.cells)).toEqual([
      [172, "pichu", ["electric"], 0.3, true],
      [25, 'pika, "chu"', ["electric", "steel"], null, false],
      [1, "bulbasaur", ["grass", "poison"], 0.7, false],
      [132, "Äipom", [], 0.8, false],
    ]);
  });

  it("takes a column that the record does not know as text", () => {
    expect(readTable("id,new\r\n1,2\r\n", COLUMNS).rows[0]?.cells).toEqual([1, "2"]);
  });

  it("gives a column's values and numbers, and none of a column that is not there", () => {
    expect(numbersOf(table, "height_m")).toEqual([0.3, 0.7, 0.8]);
    expect(valuesOf(table, "speed")).toEqual([]);
  });
});

describe("sorting", () => {
  const sorted = (column: string, descending = false) =>
    names(sortRows(table, table.rows, { column, descending }, "en"));

  it("puts numbers by size, and what is not known last either way", () => {
    expect(sorted("id")).toEqual(["bulbasaur", 'pika, "chu"', "Äipom", "pichu"]);
    expect(sorted("height_m")).toEqual(["pichu", "bulbasaur", "Äipom", 'pika, "chu"']);
    expect(sorted("height_m", true)).toEqual(["Äipom", "bulbasaur", "pichu", 'pika, "chu"']);
    expect(sorted("types", true).at(-1)).toBe("Äipom");
  });

  it("puts text as the language does", () => {
    expect(sorted("name")).toEqual(["Äipom", "bulbasaur", "pichu", 'pika, "chu"']);
  });

  it("puts what is true first, and leaves the rest as it was", () => {
    expect(sorted("is_baby")).toEqual(["pichu", 'pika, "chu"', "bulbasaur", "Äipom"]);
  });

  it("leaves the rows alone without an order, or by a column that is not there", () => {
    expect(sortRows(table, table.rows, null, "en")).toBe(table.rows);
    expect(sorted("speed")).toEqual(names(table.rows));
  });
});

describe("searching", () => {
  it("finds every word in some cell, without case and accents", () => {
    expect(names(searchRows(table.rows, "ELECTRIC steel", say))).toEqual(['pika, "chu"']);
    expect(names(searchRows(table.rows, "aipom", say))).toEqual(["Äipom"]);
    expect(searchRows(table.rows, "electric grass", say)).toEqual([]);
    expect(searchRows(table.rows, "  ", say)).toBe(table.rows);
  });

  it("finds what is shown in the visitor's language", () => {
    const spanish = (value: unknown) =>
      Array.isArray(value) && value.includes("steel") ? "eléctrico acero" : "";
    expect(names(searchRows(table.rows, "electrico", spanish))).toEqual(['pika, "chu"']);
  });
});
