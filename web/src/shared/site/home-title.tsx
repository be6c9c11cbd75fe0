"use client";

import { useMessages } from "@/shared/i18n/messages";
import styles from "./home-title.module.css";

export function HomeTitle() {
  const { app } = useMessages();
  return (
    <>
      <title>{app.name}</title>
      <header className={styles.header}>
        <h1 className={styles.title}>{app.promise}</h1>
        <p className={styles.text}>{app.promiseHelp}</p>
      </header>
    </>
  );
}
