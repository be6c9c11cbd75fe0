import { expect, it } from "vitest";
import { readTable } from "@/shared/report-table/table";
import { originOf } from "./origin";
import { mediansOf, polygonOf, ringsFor, statisticsOf, valuesOfRow } from "./radar";

const table = readTable(
  "name,species,evolves_from,is_default,hp,speed\r\na,a,,true,1,\r\nb-x,b,a,false,3,7\r\nb-y,b,a,true,8,9\r\nc,c,b,true,,",
  [
    { name: "is_default", type: "boolean" },
    { name: "hp", type: "integer" },
    { name: "speed", type: "integer" },
  ],
);
function rowNamed(name: string) {
  const [row] = table.rows.filter(({ texts }) => texts[0] === name);
  if (!row) {
    throw new Error(`no row ${name}`);
  }
  return row;
}

it("reads the statistics of a row and the medians of the report, without the unknown", () => {
  expect(statisticsOf(table)).toEqual(["hp", "speed"]);
  expect(valuesOfRow(table, rowNamed("a"), ["hp", "speed"])).toEqual([1, null]);
  expect(mediansOf(table, ["hp", "speed", "attack"])).toEqual([3, 8, null]);
});

it("has rings for at least 150, and for the largest value", () => {
  expect(ringsFor([[1, null]])).toEqual([50, 100, 150]);
  expect(ringsFor([[1], [201]]).at(-1)).toBe(250);
});

it("draws the first value upwards and the others clockwise", () => {
  const points = polygonOf([50, 100, null, 25], 100).map(([x, y]) =>
    [x, y].map((part) => Math.round(part * 100)),
  );
  expect(points).toEqual([
    [0, -50],
    [100, -0],
    [0, 0],
    [-25, 0],
  ]);
});

it("finds the default form of the species that a Pokémon evolves from", () => {
  expect(originOf(table, rowNamed("b-x"))?.texts[0]).toBe("a");
  expect(originOf(table, rowNamed("c"))?.texts[0]).toBe("b-y");
  expect(originOf(table, rowNamed("a"))).toBeUndefined();
});
