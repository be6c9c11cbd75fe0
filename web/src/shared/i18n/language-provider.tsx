"use client";

import { createContext, use, type ReactNode } from "react";
import type { Messages } from "./en";
import { formatsFor, type Formats } from "./format";
import type { Locale } from "./locale";

interface Language {
  locale: Locale;
  messages: Messages;
}

const LanguageContext = createContext<Language | null>(null);

/** Used by `english.tsx` and `spanish.tsx`, so that a page loads the messages of its own language only. */
export function LanguageProvider({ children, ...language }: Language & { children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) {
    throw new Error("There is no language around this component");
  }
  return language;
}

export function useLocale(): Locale {
  return useLanguage().locale;
}

export function useMessages(): Messages {
  return useLanguage().messages;
}

export function useFormats(): Formats {
  return formatsFor(useLanguage().locale);
}
