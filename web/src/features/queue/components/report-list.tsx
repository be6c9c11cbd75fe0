import { flushSync } from "react-dom";
import type { ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { useNow } from "@/shared/ui/use-now";
import { groupByDay } from "../day-groups";
import { useDensity } from "../use-density";
import { MORE_COUNT } from "../use-list-place";
import { focusTicket } from "../use-focus-after-removal";
import { ReportTicket } from "./report-ticket";
import styles from "./report-list.module.css";

interface ReportListProps {
  /** All reports that the search and the filters leave, and those of them that are shown. */
  matching: readonly ReportSummary[];
  shown: readonly ReportSummary[];
  isFiltered: boolean;
  /** False while older reports are loading. */
  isComplete: boolean;
  /** The view in the query of a URL. */
  viewQuery: string;
  selectedIds: ReadonlySet<string>;
  onSelect: (ids: readonly string[], isSelected: boolean) => void;
  onDelete: (report: ReportSummary) => void;
  onShowMore: () => void;
}

/** The tickets, by day. Only some are shown at first, because each takes room and stops of the Tab key. */
export function ReportList(props: ReportListProps) {
  const { matching, shown, isFiltered, isComplete, viewQuery, selectedIds } = props;
  const { onSelect, onDelete, onShowMore } = props;
  const { queue } = useMessages();
  const { day } = useFormats();
  const [isCompact] = useDensity();
  const now = useNow();
  const ids = matching.map(({ id }) => id);
  const selectedCount = ids.filter((id) => selectedIds.has(id)).length;
  const next = matching[shown.length];

  return (
    <>
      <label className={styles.selectAll}>
        <input
          checked={selectedCount === ids.length}
          ref={(input) => {
            if (input) {
              input.indeterminate = selectedCount > 0 && selectedCount < ids.length;
            }
          }}
          type="checkbox"
          onChange={(event) => {
            onSelect(ids, event.target.checked);
          }}
        />
        {isFiltered ? queue.selectAllMatching(ids.length) : queue.selectAll(ids.length)}
      </label>
      <div className={`${styles.days} ${isCompact ? styles.compact : ""}`}>
        {groupByDay(shown, ({ created_at }) => day(created_at, now)).map((group) => (
          <section key={group.day} className={styles.day}>
            <h3 className={styles.heading}>{group.day}</h3>
            <ol className={styles.tickets}>
              {group.reports.map((report) => (
                <ReportTicket
                  key={report.id}
                  isCompact={isCompact}
                  now={now}
                  report={report}
                  selected={selectedIds.has(report.id)}
                  viewQuery={viewQuery}
                  onDelete={() => {
                    onDelete(report);
                  }}
                  onSelect={(isSelected) => {
                    onSelect([report.id], isSelected);
                  }}
                />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {next ? (
        <div className={styles.more}>
          <p role="status">{queue.shown(shown.length, matching.length)}</p>
          <Button
            onClick={() => {
              flushSync(onShowMore);
              focusTicket(next.id);
            }}
          >
            {queue.showMore(Math.min(MORE_COUNT, matching.length - shown.length))}
          </Button>
        </div>
      ) : (
        !isComplete && <p className={styles.more}>{queue.loadingOlder}</p>
      )}
    </>
  );
}
