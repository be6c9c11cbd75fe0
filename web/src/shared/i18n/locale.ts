/** The supported languages. Each has its own pages: English at `/`, Spanish below `/es/`. */

export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each in its own language, for users who read no other. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: "English", es: "Español" };

/** The language of the pages without a language in their path. */
export const DEFAULT_LOCALE: Locale = "en";

/** Where the browser keeps the language that the user chose. */
export const STORAGE_KEY = "language";

const PREFIXED = LOCALES.filter((locale) => locale !== DEFAULT_LOCALE);

/** Matches the part of a path that names a language. */
export const PREFIX = new RegExp(`^/(${PREFIXED.join("|")})(?=[/?#]|$)`);

export function localeOfPath(path: string): Locale {
  const name = PREFIX.exec(path)?.[1];
  return LOCALES.find((locale) => locale === name) ?? DEFAULT_LOCALE;
}

/** The same page in a language: "/report/?id=1" becomes "/es/report/?id=1". A relative path stays as it is. */
export function localPath(path: string, locale: Locale): string {
  if (!path.startsWith("/")) {
    return path;
  }
  const unprefixed = path.replace(PREFIX, "");
  const absolute = unprefixed.startsWith("/") ? unprefixed : `/${unprefixed}`;
  return locale === DEFAULT_LOCALE ? absolute : `/${locale}${absolute}`;
}

/** The user's regional variant of the language: "en-GB" formats dates differently from "en". */
export function regionalTag(locale: Locale, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.toLowerCase().split("-")[0] === locale) ?? locale;
}
