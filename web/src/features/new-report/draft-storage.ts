import { COLUMN_NAMES } from "@/shared/api/types";
import { fieldsOf, parseJson, storedValue, stringsIn } from "@/shared/storage/stored-value";
import { knownColumns } from "./columns";
import { INITIAL_DRAFT, type Draft } from "./draft";

/** The draft of this tab. It survives a reload, a visit to another page, and a change of the language. */
export const storedDraft = storedValue("sessionStorage", "new-report", (text) =>
  readDraft(fieldsOf(parseJson(text))),
);

/** The draft in a stored object, of which every field can have any value. */
export function readDraft(stored: Partial<Record<keyof Draft, unknown>>): Draft {
  return {
    name: textOr(stored.name, INITIAL_DRAFT.name),
    type: nameOrNull(stored.type),
    generation: nameOrNull(stored.generation),
    includeForms: stored.includeForms !== false,
    isSample: stored.isSample !== false,
    sampleSize: textOr(stored.sampleSize, INITIAL_DRAFT.sampleSize),
    seed: textOr(stored.seed, INITIAL_DRAFT.seed),
    columns: Array.isArray(stored.columns) ? knownColumns(stringsIn(stored.columns)) : COLUMN_NAMES,
  };
}

function textOr(value: unknown, initial: string): string {
  return typeof value === "string" ? value : initial;
}

function nameOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
