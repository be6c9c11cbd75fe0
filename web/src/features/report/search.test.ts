import { describe, expect, it } from "vitest";
import type { Column } from "@/shared/api/types";
import { columnIndex, readTable } from "@/shared/report-table/table";
import { buildSearchIndex, searchRows } from "./search";

const COLUMNS: Column[] = [
  { name: "id", type: "integer" },
  { name: "name", type: "string" },
  { name: "species", type: "string" },
  { name: "types", type: "list" },
  { name: "abilities", type: "list" },
  { name: "weak_to", type: "list" },
  { name: "is_default", type: "boolean" },
  { name: "sprite_url", type: "string" },
];
const table = readTable(
  [
    "id,name,species,types,abilities,weak_to,is_default,sprite_url",
    "1,Bulbasaur,Bulbasaur,Grass|Poison,Overgrow,Fire|Ice,true,https://raw.githubusercontent.com/1.png",
    "136,Flareon,Flareon,Fire,Flash Fire,Water,true,https://raw.githubusercontent.com/136.png",
    "219,Magcargo,Slugma,Rock,Flame Body|Fire Mane,Water,true,",
    "3,Venusaur,Venusaur,Grass|Poison,Overgrow,Fire,true,",
    "1040,Firefly,Firefly,Bug,Swarm,Fire,true,",
    "122,Mr. Mime,Mr. Mime,Psychic,Soundproof,Bug,true,",
    "4,Charmander,Charmander,Fire,Blaze,Water,true,",
    "10033,Mega Venusaur,Venusaur,Grass|Poison,Thick Fat,Fire,false,",
  ].join("\r\n"),
  COLUMNS,
);
const index = buildSearchIndex(table, (row, column) => {
  const value = row.cells[columnIndex(table, column)];
  return Array.isArray(value) ? (value as string[]) : [String(value ?? "")];
});
const found = (text: string) => searchRows(index, text).map((row) => row.texts[1]);

describe("a search", () => {
  it("finds whole values first, then names, then abilities", () => {
    expect(found("fire")).toEqual(["Flareon", "Charmander", "Firefly", "Magcargo"]);
  });

  it.each(["true", "com", "use", "raw", "https", "png", "ice"])(
    "does not read what is not shown or not searched: %s",
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it("finds every word, in any field, ignoring case, accents and punctuation", () => {
    expect(found("GRASS venusaur")).toEqual(["Venusaur", "Mega Venusaur"]);
    expect(found("mr mime")).toEqual(["Mr. Mime"]);
    expect(found("mega-venusaur")).toEqual(["Mega Venusaur"]);
    expect(found("fire grass")).toEqual([]);
    expect(found("flash fire")).toEqual(["Flareon"]);
  });

  it("finds part of a name, but one letter only at the start of a word", () => {
    expect(found("saur")).toEqual(["Bulbasaur", "Venusaur", "Mega Venusaur"]);
    expect(found("v")).toEqual(["Venusaur", "Mega Venusaur"]);
  });

  it("finds a number as a whole", () => {
    expect(found("4")).toEqual(["Charmander"]);
    expect(found("10")).toEqual([]);
  });

  it("finds every row without a text, in order", () => {
    expect(searchRows(index, " . ")).toEqual(table.rows);
  });
});
