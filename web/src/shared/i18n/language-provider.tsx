"use client";

import { createContext, use, useLayoutEffect, useSyncExternalStore, type ReactNode } from "react";
import { en, type Catalogue } from "./en";
import { es } from "./es";
import { formatsFor, type Formats } from "./format";
import { currentLocale, PRERENDERED, subscribeToLocale, type Locale } from "./locale";

const CATALOGUES: Record<Locale, Catalogue> = { en, es };

const LocaleContext = createContext<Locale>(PRERENDERED);

/** Hydrates in the language of the exported page, and goes over to the visitor's before anything is shown. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const locale = useSyncExternalStore(subscribeToLocale, currentLocale, () => PRERENDERED);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = locale;
    if (locale === currentLocale()) {
      delete root.dataset.waiting;
    }
  }, [locale]);
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

export function useLocale(): Locale {
  return use(LocaleContext);
}

export function useMessages(): Catalogue {
  return CATALOGUES[use(LocaleContext)];
}

export function useFormats(): Formats {
  return formatsFor(use(LocaleContext));
}
