import { useMemo } from "react";
import type { Column } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { generationNumeral } from "@/shared/i18n/pokemon";
import { isTypeList } from "./column-types";
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
  const { names, table: messages } = useMessages();
  const { number } = useFormats();
  return useMemo(() => {
    const one = (column: Column, value: string) => {
      if (isTypeList(column)) {
        return names.type(value);
      }
      return column.name === "generation" ? generationNumeral(value) : value;
    };
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
    const sortKey: SortKey = (column, value) =>
      typeof value === "boolean" || typeof value === "number" ? value : text(column, value);
    return { text, texts, sortKey };
  }, [names, messages, number]);
}
