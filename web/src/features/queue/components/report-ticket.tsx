import Link from "next/link";
import type { Report } from "@/shared/api/names";
import { useFormats, useMessages } from "@/shared/i18n/messages";
import { isOpen, reportAddress, selectionOf } from "@/shared/reports/report";
import { ReportProgress } from "@/shared/reports/report-progress";
import { StatusBadge } from "@/shared/reports/status-badge";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { IconButton } from "@/shared/ui/button";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./report-ticket.module.css";

interface ReportTicketProps {
  report: Report;
  now: number;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  onDelete: () => void;
}

/** One report in the queue: its stub says how many of what, its body how it goes. */
export function ReportTicket({ report, now, selected, onSelect, onDelete }: ReportTicketProps) {
  const { queue, report: words, names } = useMessages();
  const formats = useFormats();
  const { download, cancel, again } = useReportActions();
  const { result, request, links, failure_count } = report;
  const selection = selectionOf(report);
  const name = words.name(selection);
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
          {request.type ? names.type(request.type) : words.pokemon}
        </span>
      </div>
      <div className={styles.body}>
        <div className={styles.head}>
          <h3 className={styles.name}>
            <Link href={reportAddress(report.id)} prefetch={false}>
              {name}
            </Link>
          </h3>
          <StatusBadge status={report.status} />
        </div>
        {isOpen(report) && <ReportProgress report={report} />}
        {report.error && <p className={styles.fault}>{words.failed}</p>}
        <div className={styles.foot}>
          <ul className={styles.facts}>
            {result && <li>{words.rows(result.rows)}</li>}
            {result && <li>{formats.bytes(result.bytes)}</li>}
            {failure_count > 0 && !isOpen(report) && (
              <li className={styles.missing}>{words.missing(failure_count)}</li>
            )}
            <li>
              <time dateTime={report.created_at} title={formats.dateTime(report.created_at)}>
                {formats.age(report.created_at, now)}
              </time>
            </li>
          </ul>
          <div className={styles.actions}>
            {links.download && (
              <IconButton {...action("download", words.download)} onClick={() => void download(report)} />
            )}
            {links.cancel && (
              <IconButton {...action("cancel", words.cancel)} onClick={() => void cancel(report)} />
            )}
            {links.retry && (
              <IconButton {...action("again", words.again)} onClick={() => void again(report)} />
            )}
            <IconButton {...action("delete", words.delete)} onClick={onDelete} />
          </div>
        </div>
      </div>
    </li>
  );

  function action<Name extends string>(icon: Name, title: string) {
    return { icon, label: words.actionOn(title, name), title };
  }
}
