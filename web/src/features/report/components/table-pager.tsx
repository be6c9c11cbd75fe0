import { useMessages } from "@/shared/i18n/language-provider";
import { IconButton } from "@/shared/ui/button";
import styles from "./report-table.module.css";

interface TablePagerProps {
  /** From 0. */
  page: number;
  pageCount: number;
  onChange: (page: number) => void;
}

export function TablePager({ page, pageCount, onChange }: TablePagerProps) {
  const { report: messages } = useMessages();
  return (
    <nav aria-label={messages.pages} className={styles.pager}>
      <IconButton
        disabled={page === 0}
        icon="previous"
        label={messages.previous}
        onClick={() => {
          onChange(page - 1);
        }}
      />
      <span role="status">{messages.page(page + 1, pageCount)}</span>
      <IconButton
        disabled={page === pageCount - 1}
        icon="next"
        label={messages.next}
        onClick={() => {
          onChange(page + 1);
        }}
      />
    </nav>
  );
}
