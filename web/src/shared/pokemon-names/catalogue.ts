import { capitalize, humanize } from "@/shared/i18n/pokemon";
import type { Locale } from "@/shared/i18n/locale";
import catalogue from "./catalogue.json";

type Names = Readonly<Record<string, string>>;

/** "electric" becomes "Electric" or "Eléctrico". */
export function typeName(type: string, locale: Locale): string {
  const names: Names = catalogue[locale].types;
  return names[type] ?? capitalize(humanize(type));
}

/** "generation-iv" becomes "Generation IV" or "Generación IV". */
export function generationName(generation: string, locale: Locale): string {
  const names: Names = catalogue[locale].generations;
  return names[generation] ?? capitalize(humanize(generation));
}

/** The types of Pokémon, in PokéAPI's order. */
export const TYPE_IDS = Object.keys(catalogue.en.types);

/** The place of a generation among all of them, from 0; after all of them if it is unknown. */
export function generationOrder(generation: string): number {
  const order = GENERATION_IDS.indexOf(generation);
  return order < 0 ? GENERATION_IDS.length : order;
}

const GENERATION_IDS = Object.keys(catalogue.en.generations);
