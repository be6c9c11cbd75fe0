const STORAGE_KEY = "list";

/** The query of the list's URL, for the links back to it. */
export function rememberListAddress(query: string): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, query);
  } catch {
    // Without storage, the links lead to the whole list.
  }
}

export function listAddress(): string {
  try {
    const query = sessionStorage.getItem(STORAGE_KEY);
    return query ? `/?${query}` : "/";
  } catch {
    return "/";
  }
}

let isReturning = isListOpen() && navigationType() !== "navigate";
if (typeof window !== "undefined") {
  // Before the router's own listener, which shows the page at once.
  window.addEventListener(
    "popstate",
    () => {
      isReturning = isListOpen();
    },
    { capture: true },
  );
}

/** Whether the user comes back to the list, which then shows what it showed before. Reset when it has. */
export const returning = {
  get: () => isReturning,
  set: (value: boolean) => {
    isReturning = value;
  },
};

/** The list is on the start page of each language. */
export function isListPath(path: string): boolean {
  return /^\/(es\/?)?$/.test(path);
}

function isListOpen(): boolean {
  return typeof window !== "undefined" && isListPath(window.location.pathname);
}

function navigationType(): string | undefined {
  const [entry] = performance.getEntriesByType("navigation");
  return (entry as PerformanceNavigationTiming | undefined)?.type;
}
