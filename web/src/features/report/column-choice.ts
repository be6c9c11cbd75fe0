import type { Column } from "@/shared/api/types";

/** Which columns the user sees, and in which order. It applies to every report in this browser. */
export interface ColumnChoice {
  hidden: readonly string[];
  /** Empty for the order of the report. */
  order: readonly string[];
}

export const DEFAULT_CHOICE: ColumnChoice = { hidden: [], order: [] };

const STORAGE_KEY = "report-columns";
const listeners = new Set<() => void>();
let unstored: string | null = null;
let latest: { text: string | null; choice: ColumnChoice } = { text: null, choice: DEFAULT_CHOICE };

export function currentChoice(): ColumnChoice {
  const text = readStorage();
  if (text !== latest.text) {
    latest = { text, choice: parse(text) };
  }
  return latest.choice;
}

export function setChoice(choice: ColumnChoice): void {
  const text = JSON.stringify(choice);
  try {
    localStorage.setItem(STORAGE_KEY, text);
  } catch {
    // Without storage, the choice lasts as long as the page.
    unstored = text;
  }
  for (const listener of listeners) {
    listener();
  }
}

export function subscribeToChoice(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

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
  const order = columns.map((column) => column.name);
  const from = order.indexOf(name);
  order.splice(from, 1);
  order.splice(from + by, 0, name);
  return { ...choice, order: [...order, ...choice.order.filter((other) => !order.includes(other))] };
}

export function toggleColumn({ hidden, order }: ColumnChoice, name: string): ColumnChoice {
  const isHidden = hidden.includes(name);
  return { order, hidden: isHidden ? hidden.filter((other) => other !== name) : [...hidden, name] };
}

function readStorage(): string | null {
  try {
    return unstored ?? localStorage.getItem(STORAGE_KEY);
  } catch {
    return unstored;
  }
}

function parse(text: string | null): ColumnChoice {
  try {
    const { hidden, order } = JSON.parse(text ?? "{}") as Partial<Record<keyof ColumnChoice, unknown>>;
    return { hidden: namesIn(hidden), order: namesIn(order) };
  } catch {
    return DEFAULT_CHOICE;
  }
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}
