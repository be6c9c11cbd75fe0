"use client";

import { useMessages } from "@/shared/i18n/language-provider";
import { Shortcuts } from "@/shared/shortcuts/shortcuts";
import styles from "./site-footer.module.css";

export function SiteFooter() {
  const { app } = useMessages();
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <p>{app.footer}</p>
        <Shortcuts />
        <a href="/api/docs">{app.api}</a>
      </div>
    </footer>
  );
}
