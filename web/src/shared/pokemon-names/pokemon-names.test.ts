import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/shared/i18n/locale";
import catalogue from "./catalogue.json";
import { generationName, generationOrder, typeName } from "./catalogue";
import en from "./en.json";
import es from "./es.json";

const NAMES = { en, es };
const DATASET = "../tools/pokeapi_replica/src/pokeapi_replica/data";

/** The values of a column of the offline PokéAPI's dataset. */
async function column(file: string, name: string): Promise<string[]> {
  const lines = (await readFile(`${DATASET}/${file}.jsonl`, "utf8")).trim().split("\n");
  const [header = [], ...rows] = lines.map((line) => JSON.parse(line) as string[]);
  return rows.map((row) => row[header.indexOf(name)] ?? "");
}

describe.each(LOCALES)("the names in %s", (locale) => {
  const names = NAMES[locale];

  it("include every type, generation, ability, species and form", async () => {
    expect(Object.keys(catalogue[locale].types).sort()).toEqual((await column("types", "name")).sort());
    const generations = await column("generations", "name");
    expect(Object.keys(catalogue[locale].generations)).toEqual(generations);
    expect(Object.keys(names.abilities)).toEqual(expect.arrayContaining(await column("abilities", "name")));
    const pokemon = [...(await column("pokemon", "name")), ...(await column("species", "name"))];
    expect(pokemon.filter((id) => !(id in names.pokemon))).toEqual([]);
  });

  it("are different for each Pokémon", async () => {
    const pokemon: Record<string, string> = names.pokemon;
    const shown = (await column("pokemon", "name")).map((id) => pokemon[id]);
    expect(new Set(shown).size).toBe(shown.length);
  });
});

it.each([
  ["swampert-mega", "Mega Swampert", "Mega-Swampert"],
  ["charizard-mega-x", "Mega Charizard X", "Mega-Charizard X"],
  ["meowth-alola", "Alolan Meowth", "Meowth de Alola"],
  ["pikachu-gmax", "Gigantamax Pikachu", "Pikachu Gigamax"],
  ["rotom-heat", "Heat Rotom", "Rotom Calor"],
  ["deoxys-attack", "Deoxys (Attack Forme)", "Deoxys (Forma Ataque)"],
  ["calyrex-ice", "Ice Rider Calyrex", "Calyrex Jinete Glacial"],
  ["eiscue-ice", "Eiscue (Ice Face)", "Eiscue (Cara de Hielo)"],
  ["mr-mime-galar", "Galarian Mr. Mime", "Mr. Mime de Galar"],
  ["great-tusk", "Great Tusk", "Colmilargo"],
])("%s is %s, and %s", (id, english, spanish) => {
  expect([en.pokemon[id as "mew"], es.pokemon[id as "mew"]]).toEqual([english, spanish]);
});

it("has readable names for types and generations that are new", () => {
  expect(typeName("fire", "es")).toBe("Fuego");
  expect(typeName("very-new", "es")).toBe("Very new");
  expect(generationName("generation-ix", "es")).toBe("Generación IX");
  expect(["generation-ix", "generation-x", "generation-v"].map(generationOrder)).toEqual([8, 9, 4]);
});
