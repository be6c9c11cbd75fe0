// Writes the names of src/shared/pokemon-names/ from a PokéAPI.
//
//   node scripts/pokemon-names.mjs https://pokeapi.co/api/v2
//   node scripts/pokemon-names.mjs FOLDER       (its documents: FOLDER/ability/1/index.json)
//
// The names are PokéAPI's own. It has none for the shapes in Spanish, and no complete names of forms in Spanish:
// pokemon-names-added.mjs adds those.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { ADDED, FORMS } from "./pokemon-names-added.mjs";

const LANGUAGES = ["en", "es"];
const TARGET = new URL("../src/shared/pokemon-names/", import.meta.url);
const CONNECTIONS = 8;

const [source] = process.argv.slice(2);
if (!source) {
  console.error("State the URL of a PokéAPI, or the folder of its documents.");
  process.exit(2);
}
const readAll = /^https?:/.test(source) ? fetchDocuments : readDocuments;

const documents = Object.fromEntries(
  await Promise.all(
    [
      "type",
      "generation",
      "ability",
      "pokemon-color",
      "pokemon-habitat",
      "pokemon-shape",
      "pokemon-species",
    ].map(async (resource) => [resource, await readAll(resource)]),
  ).catch((error) => {
    console.error(`${source} cannot be read: ${error.cause?.message ?? error.message}`);
    process.exit(1);
  }),
);

const catalogue = {};
for (const language of LANGUAGES) {
  catalogue[language] = {
    types: namesOf("type", language),
    generations: namesOf("generation", language),
  };
  await write(`${language}.json`, {
    abilities: namesOf("ability", language),
    colors: namesOf("pokemon-color", language),
    habitats: namesOf("pokemon-habitat", language),
    shapes: namesOf("pokemon-shape", language),
    pokemon: pokemonNames(language),
  });
}
await write("catalogue.json", catalogue);

/** The names of a resource's entries by identifier; the English one where PokéAPI has no other. */
function namesOf(resource, language) {
  const added = ADDED[resource]?.[language] ?? {};
  return Object.fromEntries(
    documents[resource].map((document) => {
      const name = added[document.name] ?? nameIn(document, language) ?? nameIn(document, "en");
      return [document.name, capitalize(name ?? document.name.replaceAll("-", " "))];
    }),
  );
}

/** The names of all species, and of the Pokémon whose identifier is not that of their species. */
function pokemonNames(language) {
  const names = {};
  const unknown = [];
  for (const species of documents["pokemon-species"]) {
    const speciesName = nameIn(species, language) ?? nameIn(species, "en") ?? species.name;
    names[species.name] = speciesName;
    for (const { pokemon } of species.varieties) {
      const form = pokemon.name.slice(species.name.length + 1);
      const pattern = FORMS[pokemon.name] ?? FORMS[form];
      if (pattern) {
        names[pokemon.name] = pattern[LANGUAGES.indexOf(language)].replace("{}", speciesName);
      } else if (form) {
        unknown.push(pokemon.name);
      }
    }
  }
  if (unknown.length > 0) {
    console.error(`scripts/pokemon-names-added.mjs has no name for these forms: ${unknown.join(", ")}`);
    process.exit(1);
  }
  return names;
}

function nameIn(document, language) {
  const name = document.names.find((candidate) => candidate.language.name === language)?.name;
  // The type "unknown" is "???".
  return name && /\p{L}/u.test(name) ? name : undefined;
}

function capitalize(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

async function write(name, content) {
  const file = new URL(name, TARGET);
  const options = await resolveConfig(file);
  await writeFile(file, await format(JSON.stringify(content), { ...options, parser: "json" }));
}

async function readDocuments(resource) {
  const folders = (await readdir(join(source, resource))).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    folders
      .sort((a, b) => a - b)
      .map(async (id) => JSON.parse(await readFile(join(source, resource, id, "index.json"), "utf8"))),
  );
}

async function fetchDocuments(resource) {
  const base = source.replace(/\/$/, "");
  const { results } = await fetchJson(`${base}/${resource}?limit=100000`);
  const ids = results.map(({ url }) => Number(/\/(\d+)\/$/.exec(url)[1])).sort((a, b) => a - b);
  const found = [];
  const work = ids.entries();
  const fetchRest = async () => {
    for (const [index, id] of work) {
      found[index] = await fetchJson(`${base}/${resource}/${id}/`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, fetchRest));
  return found;
}

async function fetchJson(url) {
  const response = await fetch(url, { headers: { "User-Agent": "poke-queue pokemon-names" } });
  if (!response.ok) {
    throw new Error(`${url} returned ${response.status}`);
  }
  return response.json();
}
