"use client";

import { useSyncExternalStore, type ReactNode } from "react";
import { LOCALES, type Locale } from "@/shared/i18n/locale";
import styles from "./in-language-of-document.module.css";

const subscribe = () => () => undefined;

/**
 * Content in the language that the start script gave to the document. Until React knows it, the page contains all
 * languages and its style hides the others.
 */
export function InLanguageOfDocument(contents: Record<Locale, ReactNode>) {
  const language = useSyncExternalStore(
    subscribe,
    () => document.documentElement.lang,
    () => null,
  );
  return LOCALES.filter((locale) => language === null || language === locale).map((locale) => (
    <div key={locale} className={styles[locale]}>
      {contents[locale]}
    </div>
  ));
}
