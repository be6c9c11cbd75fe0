"use client";

import { LANGUAGE_NAMES, LOCALES, setLocale } from "@/shared/i18n/locale";
import { useLocale, useMessages } from "@/shared/i18n/messages";
import { Segments } from "@/shared/ui/segments";

export function LanguageSwitch() {
  const { app } = useMessages();
  return (
    <Segments
      choices={LOCALES}
      label={app.language}
      name="language"
      say={(locale) => LANGUAGE_NAMES[locale]}
      show={(locale) => locale.toUpperCase()}
      value={useLocale()}
      onChange={setLocale}
    />
  );
}
