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

/** The value of a stored text, or null. */
export function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** The fields of an object, each of which can have any value; none if the value is no object. */
export function fieldsOf<Value>(value: unknown): Partial<Record<keyof Value, unknown>> {
  return typeof value === "object" && value !== null ? value : {};
}

export function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
