export interface StoredValue<Value> {
  read: () => Value;
  write: (value: Value) => void;
  subscribe: (listener: () => void) => () => void;
}

/**
 * A value in the browser's storage, for `useSyncExternalStore`. `parse` gets null if nothing is stored, and must accept
 * any text. Without storage, the value lasts as long as the page.
 */
export function storedValue<Value>(
  area: "localStorage" | "sessionStorage",
  key: string,
  parse: (text: string | null) => Value,
): StoredValue<Value> {
  const listeners = new Set<() => void>();
  let unstored: string | null = null;
  let latest: { text: string | null; value: Value } | undefined;

  const readText = () => {
    try {
      return unstored ?? window[area].getItem(key);
    } catch {
      return unstored;
    }
  };
  return {
    read: () => {
      const text = readText();
      // The same text gives the same object, which React compares.
      if (latest?.text !== text) {
        latest = { text, value: parse(text) };
      }
      return latest.value;
    },
    write: (value) => {
      const text = JSON.stringify(value);
      try {
        window[area].setItem(key, text);
        unstored = null;
      } catch {
        unstored = text;
      }
      for (const listener of listeners) {
        listener();
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      window.addEventListener("storage", listener);
      // A page that the Back button restores as it was has not seen the changes of later pages.
      window.addEventListener("pageshow", listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener("storage", listener);
        window.removeEventListener("pageshow", listener);
      };
    },
  };
}

/** The object in a stored text, or an empty one; its fields can have any value. */
export function parseObject<Value extends object>(text: string | null): Partial<Record<keyof Value, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

export function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
