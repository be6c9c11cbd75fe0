"use client";

import { useMessages } from "@/shared/i18n/language-provider";
import { Icon } from "@/shared/ui/icon";
import { LanguageSwitch } from "./language-switch";
import { ThemeSwitch } from "./theme-switch";
import styles from "./settings-menu.module.css";

/** The language and the theme: beside each other, or behind a button where space is short. */
export function SettingsMenu() {
  const { app } = useMessages();
  return (
    <>
      <button
        aria-label={app.settings}
        className={styles.button}
        id="settings-button"
        popoverTarget="settings"
        title={app.settings}
        type="button"
      >
        <Icon name="settings" />
      </button>
      <div className={styles.panel} id="settings" popover="auto">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </>
  );
}
