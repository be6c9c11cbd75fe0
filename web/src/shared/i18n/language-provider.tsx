"use client";

import { createContext, use, useLayoutEffect, useSyncExternalStore, type ReactNode } from "react";
import { en, type Messages } from "./en";
import { es } from "./es";
import { formatsFor, type Formats } from "./format";
import { currentLocale, DEFAULT_LOCALE, subscribeToLocale, type Locale } from "./locale";

const MESSAGES: Record<Locale, Messages> = { en, es };

const LocaleContext = createContext<Locale>(DEFAULT_LOCALE);

/** Hydrates in the language of the exported page, then switches to the user's before the page is shown. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const locale = useSyncExternalStore(subscribeToLocale, currentLocale, () => DEFAULT_LOCALE);
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

export function useMessages(): Messages {
  return MESSAGES[use(LocaleContext)];
}

export function useFormats(): Formats {
  return formatsFor(use(LocaleContext));
}
