import { useMemo } from "react";
import type { Column } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { generationNumeral } from "@/shared/i18n/pokemon";
import { generationOrder } from "@/shared/pokemon-names/catalogue";
import { usePokemonNames } from "@/shared/pokemon-names/use-pokemon-names";
import { columnIndex, type Row, type SortKey, type Table, type Value } from "./table";

export interface CellText {
  /** A cell as the table shows it. */
  text: (column: Column, value: Value) => string;
  /** The values of a row's column as the table shows them; empty if it is unknown or the column is missing. */
  texts: (table: Table, row: Row, name: string) => readonly string[];
  sortKey: SortKey;
}

/** The texts of cells, in the language of the page. */
export function useCellText(): CellText {
  const { table: messages } = useMessages();
  const { names } = usePokemonNames();
  const { number } = useFormats();
  return useMemo(() => {
    const nameFor: Record<string, (id: string) => string> = {
      name: names.pokemon,
      species: names.pokemon,
      evolves_from: names.pokemon,
      generation: generationNumeral,
      types: names.type,
      weak_to: names.type,
      resists: names.type,
      immune_to: names.type,
      abilities: names.ability,
      hidden_ability: names.ability,
      color: names.color,
      habitat: names.habitat,
      shape: names.shape,
    };
    const one = (column: Column, value: string) => nameFor[column.name]?.(value) ?? value;
    const text = (column: Column, value: Value) => {
      if (value === null) {
        return "";
      }
      if (typeof value === "boolean") {
        return value ? messages.yes : messages.no;
      }
      if (typeof value === "number") {
        return column.name === "id" ? String(value) : number(value);
      }
      return typeof value === "string"
        ? one(column, value)
        : value.map((item) => one(column, item)).join(", ");
    };
    const texts = (table: Table, row: Row, name: string) => {
      const index = columnIndex(table, name);
      const column = table.columns[index];
      const value = row.cells[index] ?? null;
      if (!column || value === null) {
        return [];
      }
      return Array.isArray(value)
        ? (value as readonly string[]).map((item) => one(column, item))
        : [text(column, value)];
    };
    const sortKey: SortKey = (column, value) => {
      if (column.name === "generation" && typeof value === "string") {
        return generationOrder(value);
      }
      return typeof value === "boolean" || typeof value === "number" ? value : text(column, value);
    };
    return { text, texts, sortKey };
  }, [names, messages, number]);
}
