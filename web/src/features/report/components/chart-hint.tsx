import { useMessages } from "@/shared/i18n/language-provider";
import styles from "./chart-hint.module.css";

/** How a chart filters the table; once it does, a link to the rows. `count` is null without a filter. */
export function ChartHint({ count }: { count: number | null }) {
  const { table: messages } = useMessages();
  return (
    <p className={`${styles.hint} no-print`}>
      {count === null ? messages.selectBar : <a href="#table-title">{messages.seeRows(count)}</a>}
    </p>
  );
}
