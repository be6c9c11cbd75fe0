import { COLUMN_NAMES, type ColumnName, type NameCount, type ReportRequest } from "@/shared/api/types";
import type { Selection } from "@/shared/i18n/pokemon";

/** The content of the form. Numbers are text until they are parsed. */
export interface Draft {
  type: string | null;
  generation: string | null;
  includeForms: boolean;
  isSample: boolean;
  sampleSize: string;
  seed: string;
  columns: readonly ColumnName[];
}

/** The form's fields, by their names in the API. */
export type Field = Exclude<keyof ReportRequest, "name">;

export const INITIAL_DRAFT: Draft = {
  type: null,
  generation: null,
  includeForms: true,
  isSample: true,
  sampleSize: "12",
  seed: "",
  columns: COLUMN_NAMES,
};

const LARGEST_SAMPLE = 1_000_000;

/**
 * The number of Pokémon that match the filters, or null while unknown. `types` are counted for the selected
 * generation and forms, `generations` for the selected type and forms. Either list gives the number, and
 * after a change of type or generation one of them is already loaded. Every Pokémon has one generation.
 */
export function populationOf(
  { type, generation }: Pick<Draft, "type" | "generation">,
  types: readonly NameCount[] | null,
  generations: readonly NameCount[] | null,
): number | null {
  if (generations && generation === null) {
    return generations.reduce((sum, { pokemon_count }) => sum + pokemon_count, 0);
  }
  return countOf(generations, generation) ?? countOf(types, type);
}

function countOf(counts: readonly NameCount[] | null, name: string | null): number | null {
  return counts?.find((count) => count.name === name)?.pokemon_count ?? null;
}

/** The requested sample size, at most the population. Null for all Pokémon, or for an invalid size. */
export function sampleOf(draft: Draft, population: number | null): number | null {
  const size = wholeNumber(draft.sampleSize);
  if (!draft.isSample || size === null) {
    return null;
  }
  return Math.min(size, population ?? LARGEST_SAMPLE);
}

export function selectionOfDraft(draft: Draft, population: number | null): Selection {
  return {
    sample: sampleOf(draft, population),
    population,
    type: draft.type,
    generation: draft.generation,
    includeForms: draft.includeForms,
  };
}

/** The fields whose values cannot be sent. */
export function invalidFields(draft: Draft): Set<Field> {
  const invalid = new Set<Field>();
  const size = wholeNumber(draft.sampleSize);
  if (draft.isSample && (size === null || size < 1)) {
    invalid.add("sample_size");
  }
  if (draft.seed.trim() !== "" && wholeNumber(draft.seed) === null) {
    invalid.add("seed");
  }
  if (draft.columns.length === 0) {
    invalid.add("columns");
  }
  return invalid;
}

/** The request for a valid draft. Columns are null if all are selected, which is the default. */
export function requestOf(draft: Draft, population: number | null): ReportRequest {
  const all = draft.columns.length === COLUMN_NAMES.length;
  return {
    type: draft.type,
    generation: draft.generation,
    include_forms: draft.includeForms,
    sample_size: sampleOf(draft, population),
    seed: draft.seed.trim() === "" ? null : wholeNumber(draft.seed),
    columns: all ? null : COLUMN_NAMES.filter((column) => draft.columns.includes(column)),
  };
}

/** The form field that an error's JSON pointer refers to, or null. */
export function fieldOf(pointer: string): Field | null {
  const name = pointer.split("/")[1];
  const fields: Record<Field, true> = {
    type: true,
    generation: true,
    include_forms: true,
    sample_size: true,
    seed: true,
    columns: true,
  };
  return name !== undefined && name in fields ? (name as Field) : null;
}

function wholeNumber(text: string): number | null {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && Number.isSafeInteger(value) ? value : null;
}
