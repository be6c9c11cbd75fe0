import { useMemo, useSyncExternalStore } from "react";
import type { Column } from "@/shared/api/types";
import { columnIndex, type Table } from "@/shared/report-table/table";
import {
  arrange,
  currentChoice,
  DEFAULT_CHOICE,
  subscribeToChoice,
  type ColumnChoice,
} from "./column-choice";

export interface ArrangedColumns {
  choice: ColumnChoice;
  /** The column that names a row: it is always shown. */
  rowHeader: string;
  /** All columns of the table, in the user's order. The sprite is part of the name. */
  all: readonly Column[];
  visible: readonly Column[];
}

export function useArrangedColumns(table: Table): ArrangedColumns {
  const choice = useSyncExternalStore(subscribeToChoice, currentChoice, () => DEFAULT_CHOICE);
  return useMemo(() => {
    const hasName = columnIndex(table, "name") >= 0;
    const rowHeader = hasName ? "name" : (table.columns[0]?.name ?? "");
    const all = arrange(
      table.columns.filter(({ name }) => name !== "sprite_url" || !hasName),
      choice,
    );
    const visible = all.filter(({ name }) => name === rowHeader || !choice.hidden.includes(name));
    return { choice, rowHeader, all, visible };
  }, [table, choice]);
}
