"use client";

import { useSyncExternalStore } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { currentTheme, setTheme, subscribeToTheme, THEMES, type Theme } from "@/shared/start/theme";
import { FieldGroup } from "@/shared/ui/field";
import { Icon } from "@/shared/ui/icon";
import { SegmentedControl } from "@/shared/ui/segmented-control";

export function ThemeSwitch() {
  const { app } = useMessages();
  const current = useSyncExternalStore<Theme>(subscribeToTheme, currentTheme, () => "system");
  return (
    <FieldGroup hideLabel id="theme" label={app.theme.label}>
      <SegmentedControl
        format={(theme) => app.theme[theme]}
        name="theme"
        options={THEMES}
        render={(theme) => <Icon name={theme} size={18} />}
        size="small"
        value={current}
        onChange={setTheme}
      />
    </FieldGroup>
  );
}
