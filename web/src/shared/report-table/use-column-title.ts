import type { Column, ColumnName } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";

/** Returns the title of a column; a column that this page does not know keeps its name. */
export function useColumnTitle(): (column: Pick<Column, "name">) => string {
  const { names } = useMessages();
  return ({ name }) => (name in names.columns ? names.columns[name as ColumnName] : name);
}
