import type { ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { isOpen, selectionOf } from "@/shared/reports/report";
import styles from "./report-ticket.module.css";

const DAY = 86_400_000;

/** What the ticket's title does not say, and what tells reports on the same Pokémon apart. */
export function TicketFacts({ report, now }: { report: ReportSummary; now: number }) {
  const { queue, report: messages } = useMessages();
  const formats = useFormats();
  const { result, request, failure_count, created_at } = report;
  const { sample, population } = selectionOf(report);
  const isToday = now - Date.parse(created_at) < DAY;
  return (
    <ul className={styles.facts}>
      {request.include_forms && <li>{queue.otherForms}</li>}
      {request.sample_size !== null && <li>{queue.seed(request.seed)}</li>}
      <li>{messages.columnCount(request.column_count)}</li>
      {result && result.rows !== (sample ?? population) && <li>{messages.rows(result.rows)}</li>}
      {failure_count > 0 && !isOpen(report) && (
        <li className={styles.missing}>{messages.missing(failure_count)}</li>
      )}
      {result && <li>{formats.bytes(result.bytes)}</li>}
      <li>
        <time dateTime={created_at} title={formats.dateTime(created_at)}>
          {isToday ? formats.age(created_at, now) : formats.time(created_at)}
        </time>
      </li>
    </ul>
  );
}
