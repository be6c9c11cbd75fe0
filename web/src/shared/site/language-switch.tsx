"use client";

import { LANGUAGE_NAMES, LOCALES, setLocale } from "@/shared/i18n/locale";
import { useLocale, useMessages } from "@/shared/i18n/language-provider";
import { FieldGroup } from "@/shared/ui/field";
import { SegmentedControl } from "@/shared/ui/segmented-control";

export function LanguageSwitch() {
  const { app } = useMessages();
  return (
    <FieldGroup hideLabel id="language" label={app.language}>
      <SegmentedControl
        format={(locale) => LANGUAGE_NAMES[locale]}
        name="language"
        options={LOCALES}
        render={(locale) => locale.toUpperCase()}
        size="small"
        value={useLocale()}
        onChange={setLocale}
      />
    </FieldGroup>
  );
}
