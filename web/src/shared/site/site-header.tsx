"use client";

import { Link } from "@/shared/i18n/link";
import type { ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Logo } from "./logo";
import { SettingsMenu } from "./settings-menu";
import styles from "./site-header.module.css";

export function SiteHeader({ account }: { account: ReactNode }) {
  const { app } = useMessages();
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#content">
        {app.skip}
      </a>
      <div className={styles.inner}>
        <Link aria-label={app.home} className={styles.brand} href="/">
          <Logo />
          <span className={styles.name}>{app.name}</span>
        </Link>
        <div className={styles.settings}>
          <SettingsMenu />
          {account}
        </div>
      </div>
    </header>
  );
}
