import { useMessages } from "@/shared/i18n/language-provider";
import { Select } from "@/shared/ui/select";
import { StepButton } from "@/shared/ui/step-button";
import { PAGE_SIZES, type TableView } from "../table-view";
import type { ChangeView } from "../use-table-view";
import styles from "./table-pager.module.css";

interface TablePagerProps {
  /** Only the one above announces the range and sets the number of rows per page. */
  position: "above" | "below";
  rowCount: number;
  view: Pick<TableView, "page" | "pageSize">;
  onChange: ChangeView;
}

export function TablePager({ position, rowCount, view: { page, pageSize }, onChange }: TablePagerProps) {
  const { table: messages } = useMessages();
  const lastPage = lastPageOf(rowCount, pageSize);
  const first = page * pageSize + 1;
  const isAbove = position === "above";
  const goTo = (page: number) => () => {
    onChange({ page });
  };
  return (
    <nav
      aria-label={isAbove ? messages.pagesAbove : messages.pagesBelow}
      className={`${styles.pager} ${styles[position]} no-print`}
    >
      <StepButton disabled={page === 0} icon="first" label={messages.first} onClick={goTo(0)} />
      <StepButton disabled={page === 0} icon="previous" label={messages.previous} onClick={goTo(page - 1)} />
      <span className={styles.range} role={isAbove ? "status" : undefined}>
        {messages.range(Math.min(first, rowCount), Math.min(first + pageSize - 1, rowCount), rowCount)}
      </span>
      <StepButton disabled={page === lastPage} icon="next" label={messages.next} onClick={goTo(page + 1)} />
      <StepButton disabled={page === lastPage} icon="last" label={messages.last} onClick={goTo(lastPage)} />
      {isAbove && (
        <Select
          hideLabel
          label={messages.rowsPerPage}
          value={String(pageSize)}
          onChange={(value) => {
            onChange({ pageSize: PAGE_SIZES.find((size) => String(size) === value) ?? pageSize });
          }}
        >
          {PAGE_SIZES.map((size) => (
            <option key={size} value={size}>
              {messages.perPage(size)}
            </option>
          ))}
        </Select>
      )}
    </nav>
  );
}

/** The last page, from 0. */
export function lastPageOf(rowCount: number, pageSize: number): number {
  return Math.max(0, Math.ceil(rowCount / pageSize) - 1);
}
