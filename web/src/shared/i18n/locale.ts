/** The supported languages. A user gets the language they chose, or else the browser's. */

export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each in its own language, for users who read no other. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", es: "Español" };

/** The language of the exported pages; another language replaces it before the page is shown. */
export const DEFAULT_LOCALE: Locale = "en";

export const STORAGE_KEY = "language";

const listeners = new Set<() => void>();

export function chooseLocale(stored: string | null, preferred: readonly string[]): Locale {
  const candidates = [stored ?? "", ...preferred].map((tag) => tag.toLowerCase().split("-")[0]);
  return candidates.find(isLocale) ?? DEFAULT_LOCALE;
}

function isLocale(tag: string | undefined): tag is Locale {
  return LOCALES.some((locale) => locale === tag);
}

/** The user's regional variant of the language: "en-GB" formats dates differently from "en". */
export function regionalTag(locale: Locale, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.toLowerCase().split("-")[0] === locale) ?? locale;
}

export function currentLocale(): Locale {
  return chooseLocale(readStoredLocale(), navigator.languages);
}

export function setLocale(locale: Locale): void {
  try {
    localStorage.setItem(STORAGE_KEY, locale);
  } catch {
    // Without storage, the choice lasts as long as the page.
    unstoredLocale = locale;
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

let unstoredLocale: Locale | null = null;

function readStoredLocale(): string | null {
  try {
    return unstoredLocale ?? localStorage.getItem(STORAGE_KEY);
  } catch {
    return unstoredLocale;
  }
}
