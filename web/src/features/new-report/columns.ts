import { COLUMN_NAMES, type ColumnName } from "@/shared/api/types";
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

/** Selects or deselects columns. A new column comes after the one that precedes it by default. */
export function toggleColumns(
  selected: readonly ColumnName[],
  columns: readonly ColumnName[],
  isSelected: boolean,
): readonly ColumnName[] {
  if (!isSelected) {
    return selected.filter((column) => !columns.includes(column));
  }
  return columns.reduce((all, column) => (all.includes(column) ? all : withColumn(all, column)), selected);
}

function withColumn(selected: readonly ColumnName[], column: ColumnName): readonly ColumnName[] {
  const place = defaultPlace(column);
  const preceding = selected.filter((other) => defaultPlace(other) < place);
  const last = preceding.sort((a, b) => defaultPlace(a) - defaultPlace(b)).at(-1);
  return selected.toSpliced(last === undefined ? 0 : selected.indexOf(last) + 1, 0, column);
}

export function inDefaultOrder(columns: readonly ColumnName[]): readonly ColumnName[] {
  return COLUMN_NAMES.filter((column) => columns.includes(column));
}

export function hasDefaultOrder(columns: readonly ColumnName[]): boolean {
  return inDefaultOrder(columns).every((column, index) => columns[index] === column);
}

/** The names that are columns, each once. */
export function knownColumns(names: readonly string[]): readonly ColumnName[] {
  return [...new Set(names)].flatMap((name) => COLUMN_NAMES.find((column) => column === name) ?? []);
}

function defaultPlace(column: ColumnName): number {
  return COLUMN_NAMES.indexOf(column);
}
