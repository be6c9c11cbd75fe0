import type { ColumnName } from "@/shared/api/types";
import type { Messages } from "@/shared/i18n/en";

type Group = keyof Messages["newReport"]["columnGroups"];

export const COLUMN_GROUPS = {
  identity: ["id", "name", "species", "generation", "types", "sprite_url"],
  statistics: ["hp", "attack", "defense", "special_attack", "special_defense", "speed", "base_stat_total"],
  abilities: ["abilities", "hidden_ability"],
  matchups: ["weak_to", "resists", "immune_to"],
  body: ["height_m", "weight_kg", "color", "shape"],
  species: ["base_experience", "capture_rate", "habitat", "evolves_from"],
  category: ["is_default", "is_legendary", "is_mythical", "is_baby"],
} as const satisfies Record<Group, readonly ColumnName[]>;

export const COLUMN_GROUP_ENTRIES = Object.entries(COLUMN_GROUPS) as [Group, readonly ColumnName[]][];

/** A table that fits on a screen, with all its charts. */
export const ESSENTIALS: readonly ColumnName[] = [
  "id",
  "name",
  "types",
  ...COLUMN_GROUPS.statistics,
  "abilities",
  "weak_to",
  "sprite_url",
];
