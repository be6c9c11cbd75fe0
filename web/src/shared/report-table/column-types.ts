import type { Column } from "@/shared/api/types";

const TYPE_LISTS: ReadonlySet<string> = new Set(["types", "weak_to", "resists", "immune_to"]);

export function isNumeric({ type }: Column): boolean {
  return type === "integer" || type === "number";
}

/** Whether the column's cells are lists of Pokémon types. */
export function isTypeList({ name }: Column): boolean {
  return TYPE_LISTS.has(name);
}
