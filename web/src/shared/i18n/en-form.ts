import { countsIn } from "./counts";

const { number, plural } = countsIn("en");

/** The form's columns, presets, preview and commands, and the request that it starts from. */
export const form = {
  name: "Name (optional)",
  nameHelp: "Shown with the report. The CSV's file name starts with it.",
  wholePopulation: (population: number) =>
    `Only ${number(population)} Pokémon match, so the report includes all of them.`,
  createInvalid: "Create report",
  offline: "You're offline. Try again when you're back online.",
  noColumns: "None",
  columnOrder: "Order",
  customOrder: "Order (custom)",
  columnsOf: (group: string, selected: number, total: number) =>
    `${group}: ${number(selected)} of ${plural(total, "column", "columns")}`,
  orderTitle: "Order of the columns",
  orderHelp: "The CSV has the selected columns in this order.",
  resetOrder: "Default order",
  reset: "Reset",
  presets: "Presets",
  presetsHelp: "All choices except the name, saved in this browser.",
  noPresets: "No presets yet",
  presetName: "Save the current choices as",
  savePreset: "Save",
  applyPreset: (name: string) => `Apply ${name}`,
  deletePreset: (name: string) => `Delete ${name}`,
  presetApplied: (name: string) => `Applied: ${name}`,
  preview: "Preview",
  previewLoading: "Loading the preview…",
  previewRows: (shown: number, total: number) =>
    shown === total
      ? `All ${plural(total, "row", "rows")}`
      : `First ${number(shown)} of ${number(total)} rows`,
  randomSeed: (seed: number) =>
    `A random sample with seed ${String(seed)}. Without a seed, the report will have another sample.`,
  useSeed: "Use this seed",
  copyAs: (command: string) => `Copy as ${command}`,
  copiedCommand: (command: string) =>
    `Copied the ${command} command. It runs outside your session, so its report isn't listed here.`,
  loadingRequest: "Loading the request…",
  filledFrom: "Filled from the request of",
  requestGone: "The report no longer exists, so its request can't be loaded. The form is unchanged.",
};
