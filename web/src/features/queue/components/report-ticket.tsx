import { Link } from "@/shared/i18n/link";
import type { ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isOpen, reportPath, selectionOf } from "@/shared/reports/report";
import { ReportProgress } from "@/shared/reports/report-progress";
import { StatusBadge } from "@/shared/reports/status-badge";
import { typeColors } from "@/shared/ui/type-colors";
import { TicketActions } from "./ticket-actions";
import { TicketFacts } from "./ticket-facts";
import styles from "./report-ticket.module.css";

interface ReportTicketProps {
  report: ReportSummary;
  now: number;
  isCompact: boolean;
  selected: boolean;
  viewQuery: string;
  onSelect: (selected: boolean) => void;
  onDelete: () => void;
}

/** One report in the list. Its stub has the color of the type. */
export function ReportTicket(props: ReportTicketProps) {
  const { report, now, isCompact, selected, viewQuery, onSelect, onDelete } = props;
  const { queue, report: messages } = useMessages();
  const selection = messages.name(selectionOf(report));
  const title = report.name ?? selection;

  return (
    <li className={`${styles.ticket} ${isCompact ? styles.compact : ""}`} data-report={report.id}>
      <label className={`${styles.stub} ${typeColors(report.request.type)}`}>
        <input
          aria-label={queue.select(title)}
          checked={selected}
          type="checkbox"
          onChange={(event) => {
            onSelect(event.target.checked);
          }}
        />
      </label>
      <div className={styles.body}>
        <div className={styles.text}>
          <h4 className={styles.name}>
            <Link data-shortcut="item" href={reportPath(report.id)} prefetch={false}>
              {title}
            </Link>
          </h4>
          {report.name !== null && <p className={styles.selection}>{selection}</p>}
          {report.error && <p className={styles.error}>{messages.failed}</p>}
          <TicketFacts now={now} report={report} />
        </div>
        <div className={styles.side}>
          <StatusBadge status={report.status} />
          <TicketActions report={report} title={title} viewQuery={viewQuery} onDelete={onDelete} />
        </div>
        {isOpen(report) && (
          <div className={styles.progress}>
            <ReportProgress report={report} />
          </div>
        )}
      </div>
    </li>
  );
}
