import type { ReactNode } from "react";
import { Tickets } from "./tickets";
import styles from "./state-panel.module.css";

interface StatePanelProps {
  mood: "empty" | "trouble";
  title: string;
  help?: ReactNode;
  /** The heading's level: 1 where the panel is the page. */
  level?: 1 | 2 | 3;
  children?: ReactNode;
}

/** What stands where content would be: nothing yet, or trouble; and what to do about it. */
export function StatePanel({ mood, title, help, level = 3, children }: StatePanelProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.panel}>
      <div className={styles.picture}>
        <Tickets mood={mood} />
      </div>
      <Heading className={styles.title}>{title}</Heading>
      {help && <p className={styles.help}>{help}</p>}
      {children && <div className={styles.action}>{children}</div>}
    </div>
  );
}
