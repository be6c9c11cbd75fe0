import type { ReactNode } from "react";
import { TicketsIllustration } from "./tickets-illustration";
import styles from "./state-panel.module.css";

interface StatePanelProps {
  tone: "empty" | "error";
  title: string;
  help?: ReactNode;
  /** The heading's level: 1 where the panel is the page. */
  level?: 1 | 2 | 3;
  children?: ReactNode;
}

/** Replaces missing content: an empty state or an error, and what to do about it. */
export function StatePanel({ tone, title, help, level = 3, children }: StatePanelProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.panel}>
      <div className={styles.picture}>
        <TicketsIllustration tone={tone} />
      </div>
      <Heading className={styles.title}>{title}</Heading>
      {help && <p className={styles.help}>{help}</p>}
      {children && <div className={styles.action}>{children}</div>}
    </div>
  );
}
