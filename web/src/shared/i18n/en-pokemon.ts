import { countsIn } from "./counts";

const { number } = countsIn("en");

/** The details of Pokémon, and their comparison. */
export const pokemon = {
  comparison: (count: number) => `Compare ${number(count)} Pokémon`,
  number: (id: string) => `No. ${id}`,
  statistics: "Stats",
  median: "Median of the report",
  matchups: "Type match-ups",
  attackedBy: "Attacked by",
  weak: "Weak",
  resists: "Resists",
  immune: "Immune",
  neutral: "Neutral",
  compareWith: "Compare with",
  add: "Add",
  unknown: (name: string) => `This report has no Pokémon named “${name}”. Choose one from the list.`,
  alreadyShown: (name: string) => `${name} is already shown.`,
  full: "You can compare up to four Pokémon.",
  remove: (name: string) => `Remove ${name}`,
  fewColumns: "This report has no columns for stats or match-ups.",
};
