import { useSyncExternalStore } from "react";

const STORAGE_KEY = "density";
const listeners = new Set<() => void>();
/** Null before the choice is read from the storage. */
let isCompact: boolean | null = null;

/** Whether the list has compact rows. The choice is stored in the browser. */
export function useDensity(): [boolean, (isCompact: boolean) => void] {
  return [useSyncExternalStore(subscribe, current, () => false), choose];
}

function current(): boolean {
  if (isCompact === null) {
    try {
      isCompact = localStorage.getItem(STORAGE_KEY) === "compact";
    } catch {
      isCompact = false;
    }
  }
  return isCompact;
}

function choose(compact: boolean): void {
  isCompact = compact;
  try {
    localStorage.setItem(STORAGE_KEY, compact ? "compact" : "comfortable");
  } catch {
    // Without storage, the choice lasts as long as the page.
  }
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
