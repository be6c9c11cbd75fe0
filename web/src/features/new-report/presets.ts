import { fieldsOf, parseJson, storedValue } from "@/shared/storage/stored-value";
import type { Draft } from "./draft";
import { readDraft } from "./draft-storage";

/** Choices of the form, saved in this browser under a name. */
export interface Preset {
  name: string;
  /** Without the name of a report. */
  choices: Draft;
}

export const storedPresets = storedValue("localStorage", "report-presets", (text): readonly Preset[] => {
  const presets = parseJson(text);
  return Array.isArray(presets) ? presets.flatMap(readPreset) : [];
});

function readPreset(stored: unknown): Preset[] {
  const { name, choices } = fieldsOf<Preset>(stored);
  return typeof name === "string" ? [{ name, choices: readDraft(fieldsOf(choices)) }] : [];
}
