"use client";

import { useMessages } from "@/shared/i18n/language-provider";
import styles from "./home-title.module.css";

export function HomeTitle() {
  const { app } = useMessages();
  return (
    <>
      <title>{app.name}</title>
      <header className={styles.header}>
        <h1 className={styles.title}>{app.tagline}</h1>
        <p className={styles.text}>{app.introduction}</p>
      </header>
    </>
  );
}
