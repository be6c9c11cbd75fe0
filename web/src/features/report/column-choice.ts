import type { Column } from "@/shared/api/types";
import { moveByOne } from "@/shared/report-table/column-order";
import { fieldsOf, parseJson, storedValue, stringsIn } from "@/shared/storage/stored-value";

/** Which columns the user sees, and in which order. It applies to every report in this browser. */
export interface ColumnChoice {
  hidden: readonly string[];
  /** Empty for the order of the report. */
  order: readonly string[];
}

export const DEFAULT_CHOICE: ColumnChoice = { hidden: [], order: [] };

const stored = storedValue("localStorage", "report-columns", (text): ColumnChoice => {
  const { hidden, order } = fieldsOf<ColumnChoice>(parseJson(text));
  return { hidden: stringsIn(hidden), order: stringsIn(order) };
});

export const currentChoice = stored.read;
export const setChoice = stored.write;
export const subscribeToChoice = stored.subscribe;

/** The columns in the user's order. Columns without a place in it keep the report's order, after the others. */
export function arrange(columns: readonly Column[], { order }: ColumnChoice): readonly Column[] {
  const place = (column: Column) => (order.includes(column.name) ? order.indexOf(column.name) : order.length);
  return [...columns].sort((a, b) => place(a) - place(b));
}

/** Moves a column by one place among `columns`, which are arranged. */
export function moveColumn(
  choice: ColumnChoice,
  columns: readonly Column[],
  name: string,
  by: -1 | 1,
): ColumnChoice {
  const order = moveByOne(
    columns.map((column) => column.name),
    name,
    by,
  );
  return { ...choice, order: [...order, ...choice.order.filter((other) => !order.includes(other))] };
}

export function toggleColumn({ hidden, order }: ColumnChoice, name: string): ColumnChoice {
  const isHidden = hidden.includes(name);
  return { order, hidden: isHidden ? hidden.filter((other) => other !== name) : [...hidden, name] };
}
