"use client";

import { usePathname } from "next/navigation";
import { DEFAULT_LOCALE, LOCALES, localPath } from "@/shared/i18n/locale";

/** Tells search engines where this page is in each language. React moves the elements into the head. */
export function Alternates() {
  const path = usePathname();
  return (
    <>
      {LOCALES.map((locale) => (
        <link key={locale} href={localPath(path, locale)} hrefLang={locale} rel="alternate" />
      ))}
      <link href={localPath(path, DEFAULT_LOCALE)} hrefLang="x-default" rel="alternate" />
    </>
  );
}
