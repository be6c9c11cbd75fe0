import type { ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { useNow } from "@/shared/ui/use-now";
import { ReportTicket } from "./report-ticket";
import styles from "./report-list.module.css";

interface ReportListProps {
  reports: readonly ReportSummary[];
  selectedIds: ReadonlySet<string>;
  hasMore: boolean;
  isLoadingMore: boolean;
  onSelect: (ids: readonly string[], isSelected: boolean) => void;
  onDelete: (report: ReportSummary) => void;
  onLoadMore: () => void;
}

export function ReportList(props: ReportListProps) {
  const { reports, selectedIds, hasMore, isLoadingMore, onSelect, onDelete, onLoadMore } = props;
  const { queue } = useMessages();
  const now = useNow();
  const ids = reports.map((report) => report.id);
  return (
    <>
      <label className={styles.selectAll}>
        <input
          checked={ids.every((id) => selectedIds.has(id))}
          type="checkbox"
          onChange={(event) => {
            onSelect(ids, event.target.checked);
          }}
        />
        {queue.selectAll}
      </label>
      <ol className={styles.tickets}>
        {reports.map((report) => (
          <ReportTicket
            key={report.id}
            now={now}
            report={report}
            selected={selectedIds.has(report.id)}
            onDelete={() => {
              onDelete(report);
            }}
            onSelect={(isSelected) => {
              onSelect([report.id], isSelected);
            }}
          />
        ))}
      </ol>
      {hasMore && (
        <div className={styles.more}>
          <Button disabled={isLoadingMore} onClick={onLoadMore}>
            {isLoadingMore ? queue.loadingMore : queue.loadMore}
          </Button>
        </div>
      )}
    </>
  );
}
