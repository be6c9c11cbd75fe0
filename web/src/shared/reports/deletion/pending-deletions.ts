/**
 * The reports that the user has deleted and the API may still have, by id. They are stored in the browser, so
 * that a page that is left at once leaves them to the next page, and the list of another tab hides them too.
 *
 * The value is the time until which a page looks after the deletion. After it, any page completes it.
 */
type Deadlines = Readonly<Record<string, number>>;

const STORAGE_KEY = "pending-deletions";
/** In milliseconds. Longer than the pauses of the timers of a page in the background. */
const LEASE = 90_000;

let unstored: Deadlines = {};

export function pendingIds(): string[] {
  return Object.keys(read());
}

/** Marks reports as deleted, and looks after them for some time. */
export function hold(ids: readonly string[]): void {
  write({ ...read(), ...withDeadline(ids, Date.now() + LEASE) });
}

/** Leaves the completion to the next page. */
export function release(ids: readonly string[]): void {
  write({ ...read(), ...withDeadline(ids, 0) });
}

/** Ends the deletion: the API has completed it, or the reports are kept. */
export function forget(ids: readonly string[]): void {
  const ended = new Set(ids);
  write(Object.fromEntries(Object.entries(read()).filter(([id]) => !ended.has(id))));
}

/** Takes over the deletions that no page looks after any more. Returns their ids. */
export function takeOver(): string[] {
  const now = Date.now();
  const ids = Object.entries(read()).flatMap(([id, deadline]) => (deadline <= now ? [id] : []));
  if (ids.length > 0) {
    hold(ids);
  }
  return ids;
}

/** Calls the listener when another tab changes the pending deletions. */
export function subscribeToOtherTabs(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY || event.key === null) {
      listener();
    }
  };
  window.addEventListener("storage", onStorage);
  return () => {
    window.removeEventListener("storage", onStorage);
  };
}

function withDeadline(ids: readonly string[], deadline: number): Deadlines {
  return Object.fromEntries(ids.map((id) => [id, deadline]));
}

function read(): Deadlines {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return { ...unstored, ...(stored as Deadlines) };
  } catch {
    return unstored;
  }
}

function write(deadlines: Deadlines): void {
  try {
    if (Object.keys(deadlines).length > 0) {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(deadlines));
    } else {
      localStorage.removeItem(STORAGE_KEY);
    }
    unstored = {};
  } catch {
    // Without storage, a deletion lasts as long as the page that looks after it.
    unstored = deadlines;
  }
}
