"use client";

import { useSyncExternalStore } from "react";
import { useMessages } from "@/shared/i18n/messages";
import { currentTheme, setTheme, subscribeToTheme, THEMES, type Theme } from "@/shared/start/theme";
import { Icon } from "@/shared/ui/icon";
import { Segments } from "@/shared/ui/segments";

export function ThemeSwitch() {
  const { app } = useMessages();
  const theme = useSyncExternalStore<Theme>(subscribeToTheme, currentTheme, () => "system");
  return (
    <Segments
      choices={THEMES}
      label={app.theme.label}
      name="theme"
      say={(one) => app.theme[one]}
      show={(one) => <Icon name={one} size={18} />}
      value={theme}
      onChange={setTheme}
    />
  );
}
