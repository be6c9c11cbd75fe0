import { COLUMN_NAMES, type ColumnName, type NameCount, type ReportRequest } from "@/shared/api/names";
import type { Selection } from "@/shared/i18n/names";

/** The form as it is filled in; numbers are text until they are read. */
export interface Draft {
  type: string | null;
  generation: string | null;
  includeForms: boolean;
  sampled: boolean;
  sampleSize: string;
  seed: string;
  columns: readonly ColumnName[];
}

/** What a fault can be told of: the request's fields by their names in the API. */
export type Field = keyof ReportRequest;

export const FIRST_DRAFT: Draft = {
  type: null,
  generation: null,
  includeForms: true,
  sampled: true,
  sampleSize: "12",
  seed: "",
  columns: COLUMN_NAMES,
};

const LARGEST_SAMPLE = 1_000_000;

/**
 * How many Pokémon the filters leave; null while that is not known. `types` are counted for the chosen
 * generation and forms, `generations` for the chosen type and forms. Either tells it, and after a choice of
 * type or generation one of them is known already. Every Pokémon is of one generation.
 */
export function populationOf(
  { type, generation }: Pick<Draft, "type" | "generation">,
  types: readonly NameCount[] | null,
  generations: readonly NameCount[] | null,
): number | null {
  if (generations && generation === null) {
    return generations.reduce((sum, one) => sum + one.pokemon_count, 0);
  }
  return countOf(generations, generation) ?? countOf(types, type);
}

function countOf(names: readonly NameCount[] | null, name: string | null): number | null {
  return names?.find((one) => one.name === name)?.pokemon_count ?? null;
}

/** The sample that is asked for; never more than there are. Null: all of them, or a size that is none. */
export function sampleOf(draft: Draft, population: number | null): number | null {
  const size = wholeNumber(draft.sampleSize);
  if (!draft.sampled || size === null) {
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

/** The fields that cannot be sent as they are. */
export function faultsOf(draft: Draft): Set<Field> {
  const faults = new Set<Field>();
  const size = wholeNumber(draft.sampleSize);
  if (draft.sampled && (size === null || size < 1)) {
    faults.add("sample_size");
  }
  if (draft.seed.trim() !== "" && wholeNumber(draft.seed) === null) {
    faults.add("seed");
  }
  if (draft.columns.length === 0) {
    faults.add("columns");
  }
  return faults;
}

/** The request of a draft without faults; what is as the server would have it anyway is left out. */
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

/** The field that a fault's JSON pointer is in, where the form has it. */
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
