import { useMessages } from "@/shared/i18n/language-provider";
import { Skeleton } from "@/shared/ui/skeleton";
import styles from "./report-content.module.css";

/** Shown while the charts and the table are loading. */
export function ResultsPlaceholder() {
  const { report: messages } = useMessages();
  return <Skeleton blocks={2} className={styles.skeleton} label={messages.tableLoading} />;
}
