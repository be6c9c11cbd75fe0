import type { Status } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import styles from "./status-badge.module.css";

export function StatusBadge({ status }: { status: Status }) {
  const { names } = useMessages();
  return <span className={`${styles.badge} ${styles[status] ?? ""}`}>{names.statuses[status]}</span>;
}
