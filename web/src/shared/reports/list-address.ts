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

let isLinkFollowed = false;

/** Whether the user comes back to the list, which then shows what it showed before. */
export const returning = {
  /** By a link to the list as it was. */
  byLink: () => {
    isLinkFollowed = true;
  },
  /** Marks the entry of the list in the browser's history, to which a reload and the Back button return. */
  markEntry: () => {
    const state = historyState();
    if (!state.isListSeen) {
      window.history.replaceState({ ...state, isListSeen: true }, "");
    }
  },
  get: () => isLinkFollowed || historyState().isListSeen === true,
  forgetLink: () => {
    isLinkFollowed = false;
  },
};

function historyState(): { isListSeen?: boolean } {
  return (window.history.state ?? {}) as { isListSeen?: boolean };
}

/** The list is on the start page of each language. */
export function isListPath(path: string): boolean {
  return /^\/(es\/?)?$/.test(path);
}
