/** The languages there are, and which one a visitor gets: the one they chose, else the browser's. */

export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each in its own words: whoever looks for their language may read no other. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", es: "Español" };

/** What the exported pages are written in; the others take over before anything is shown. */
export const PRERENDERED: Locale = "en";

export const STORAGE_KEY = "language";

const listeners = new Set<() => void>();

export function chooseLocale(stored: string | null, preferred: readonly string[]): Locale {
  const wanted = [stored ?? "", ...preferred].map((tag) => tag.toLowerCase().split("-")[0]);
  return wanted.find(isLocale) ?? PRERENDERED;
}

function isLocale(tag: string | undefined): tag is Locale {
  return LOCALES.some((locale) => locale === tag);
}

/** The language as it is written where the visitor is: "en-GB" has other dates than "en". */
export function regionalTag(locale: Locale, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.toLowerCase().split("-")[0] === locale) ?? locale;
}

export function currentLocale(): Locale {
  return chooseLocale(read(), navigator.languages);
}

export function setLocale(locale: Locale): void {
  try {
    localStorage.setItem(STORAGE_KEY, locale);
  } catch {
    // A browser that stores nothing keeps the choice as long as the page.
    chosen = locale;
  }
  for (const listener of listeners) {
    listener();
  }
}

export function subscribeToLocale(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  window.addEventListener("languagechange", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
    window.removeEventListener("languagechange", listener);
  };
}

let chosen: Locale | null = null;

function read(): string | null {
  try {
    return chosen ?? localStorage.getItem(STORAGE_KEY);
  } catch {
    return chosen;
  }
}
