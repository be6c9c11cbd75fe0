import { expect, it } from "vitest";
import { readTable } from "@/shared/report-table/table";
import { csvOf } from "./csv";

it.each([
  'id,name,height_m,types\r\n1,"a, ""b""",4.0,grass|poison\r\n2,,0.70,\r\n',
  'habitat\r\n""\r\ncave\r\n""\r\n',
])("returns the original, byte for byte: %j", (csv) => {
  const table = readTable(csv, [{ name: "height_m", type: "number" }]);
  expect(csvOf(table, table.rows)).toBe(csv);
});

it("contains the header and the given rows, in their order", () => {
  const table = readTable("id\r\n1\r\n2\r\n3\r\n", []);
  expect(csvOf(table, table.rows.slice(1).reverse())).toBe("id\r\n3\r\n2\r\n");
  expect(csvOf(table, [])).toBe("id\r\n");
});
