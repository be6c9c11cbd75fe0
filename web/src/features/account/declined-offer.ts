/** The offer that the user declined, as `useOffer` names it; kept in this browser. */

const STORAGE_KEY = "declined-offer";
const listeners = new Set<() => void>();
let inMemory: string | null = null;

export function declinedOffer(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return inMemory;
  }
}

export function setDeclinedOffer(offer: string | null): void {
  inMemory = offer;
  try {
    if (offer === null) {
      localStorage.removeItem(STORAGE_KEY);
    } else {
      localStorage.setItem(STORAGE_KEY, offer);
    }
  } catch {
    // Without storage, the choice lasts as long as the page.
  }
  for (const listener of listeners) {
    listener();
  }
}

export function subscribeToDeclinedOffer(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
