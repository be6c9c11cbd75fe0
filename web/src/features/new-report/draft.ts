import {
  COLUMN_NAMES,
  type ColumnName,
  type NameCount,
  type Report,
  type ReportRequest,
} from "@/shared/api/types";
import type { Selection } from "@/shared/i18n/pokemon";
import { hasDefaultOrder, knownColumns } from "./columns";

/** The content of the form. Numbers are text until they are parsed. */
export interface Draft {
  name: string;
  type: string | null;
  generation: string | null;
  includeForms: boolean;
  isSample: boolean;
  sampleSize: string;
  seed: string;
  /** The selected columns, in the order of the CSV. */
  columns: readonly ColumnName[];
}

/** The form's fields, by their names in the API. */
export type Field = keyof ReportRequest;

export const INITIAL_DRAFT: Draft = {
  name: "",
  type: null,
  generation: null,
  includeForms: true,
  isSample: true,
  sampleSize: "12",
  seed: "",
  columns: COLUMN_NAMES,
};

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

/** The requested sample size, or null for all Pokémon: none, or a whole number of at least the population. */
export function sampleOf(draft: Draft, population: number | null): number | null {
  const size = wholeNumber(draft.sampleSize);
  return !draft.isSample || size === null || (population !== null && size >= population) ? null : size;
}

/** Whether the sample is larger than the population, so that the report has fewer rows than requested. */
export function exceedsPopulation(draft: Draft, population: number | null): boolean {
  return draft.isSample && population !== null && (wholeNumber(draft.sampleSize) ?? 0) > population;
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
  if (draft.isSample && draft.seed.trim() !== "" && wholeNumber(draft.seed) === null) {
    invalid.add("seed");
  }
  if (draft.columns.length === 0) {
    invalid.add("columns");
  }
  return invalid;
}

/** The request for a valid draft. Columns are null for the default, and so is a seed without a sample. */
export function requestOf(draft: Draft, population: number | null): ReportRequest {
  const sample = sampleOf(draft, population);
  return {
    type: draft.type,
    generation: draft.generation,
    include_forms: draft.includeForms,
    sample_size: sample,
    seed: sample === null || draft.seed.trim() === "" ? null : wholeNumber(draft.seed),
    columns: isDefault(draft.columns) ? null : [...draft.columns],
    name: draft.name.trim() || null,
  };
}

/** The draft that requests the same report again. */
export function draftOf({ name, request }: Report): Draft {
  const isSample = request.sample_size !== null;
  return {
    name: name ?? "",
    type: request.type,
    generation: request.generation,
    includeForms: request.include_forms,
    isSample,
    sampleSize: isSample ? String(request.sample_size) : INITIAL_DRAFT.sampleSize,
    seed: isSample ? String(request.seed) : "",
    columns: knownColumns(request.columns),
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
    name: true,
  };
  return name !== undefined && name in fields ? (name as Field) : null;
}

function isDefault(columns: readonly ColumnName[]): boolean {
  return columns.length === COLUMN_NAMES.length && hasDefaultOrder(columns);
}

function wholeNumber(text: string): number | null {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && Number.isSafeInteger(value) ? value : null;
}
