import { Link } from "@/shared/i18n/link";
import type { ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { isOpen, reportPath, selectionOf } from "@/shared/reports/report";
import { ReportProgress } from "@/shared/reports/report-progress";
import { StatusBadge } from "@/shared/reports/status-badge";
import { typeColors } from "@/shared/ui/type-colors";
import { TicketActions } from "./ticket-actions";
import styles from "./report-ticket.module.css";

interface ReportTicketProps {
  report: ReportSummary;
  now: number;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  onDelete: () => void;
}

/** One report in the queue: the stub shows the count and type, the body the status and actions. */
export function ReportTicket({ report, now, selected, onSelect, onDelete }: ReportTicketProps) {
  const { queue, report: messages, names } = useMessages();
  const formats = useFormats();
  const { result, request, failure_count } = report;
  const selection = selectionOf(report);
  const name = messages.name(selection);
  const count = result?.rows ?? selection.sample ?? selection.population;

  return (
    <li className={styles.ticket}>
      <div className={`${styles.stub} ${typeColors(request.type)}`}>
        <label className={styles.select}>
          <input
            aria-label={queue.select(name)}
            checked={selected}
            type="checkbox"
            onChange={(event) => {
              onSelect(event.target.checked);
            }}
          />
        </label>
        <span aria-hidden="true" className={styles.count}>
          {count === null ? (isOpen(report) ? "…" : "–") : formats.number(count)}
        </span>
        <span aria-hidden="true" className={styles.type}>
          {request.type ? names.type(request.type) : messages.pokemon}
        </span>
      </div>
      <div className={styles.body}>
        <div className={styles.head}>
          <h3 className={styles.name}>
            <Link data-shortcut="item" href={reportPath(report.id)} prefetch={false}>
              {name}
            </Link>
          </h3>
          <StatusBadge status={report.status} />
        </div>
        {isOpen(report) && <ReportProgress report={report} />}
        {report.error && <p className={styles.error}>{messages.failed}</p>}
        <div className={styles.foot}>
          <ul className={styles.facts}>
            {result && <li>{messages.rows(result.rows)}</li>}
            {result && <li>{formats.bytes(result.bytes)}</li>}
            {failure_count > 0 && !isOpen(report) && (
              <li className={styles.missing}>{messages.missing(failure_count)}</li>
            )}
            <li>
              <time dateTime={report.created_at} title={formats.dateTime(report.created_at)}>
                {formats.age(report.created_at, now)}
              </time>
            </li>
          </ul>
          <TicketActions name={name} report={report} onDelete={onDelete} />
        </div>
      </div>
    </li>
  );
}
