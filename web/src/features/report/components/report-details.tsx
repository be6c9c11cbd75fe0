import { Link } from "@/shared/i18n/link";
import type { ReactNode } from "react";
import type { Report } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { reportPath } from "@/shared/reports/report";
import { IconButton } from "@/shared/ui/button";
import { useToast } from "@/shared/ui/toasts";
import styles from "./report-details.module.css";

/** The request, the result and the times of a report. */
export function ReportDetails({ report }: { report: Report }) {
  const { report: messages, names } = useMessages();
  const formats = useFormats();
  const { request, result } = report;

  const requestParts = [
    request.type && names.type(request.type),
    request.generation && names.generation(request.generation),
    !request.type && !request.generation && messages.everything,
    request.include_forms ? messages.includeForms.yes : messages.includeForms.no,
    request.sample_size !== null && messages.sampleOf(request.sample_size),
    messages.columnCount(request.columns.length),
  ].filter((part) => typeof part === "string");

  return (
    <section aria-labelledby="details-title" className={styles.details}>
      <h2 className={styles.title} id="details-title">
        {messages.details}
      </h2>
      <dl className={styles.list}>
        <Detail wide term={messages.request}>
          {requestParts.join(" · ")}
        </Detail>
        <Detail term={messages.requested}>
          <time dateTime={report.created_at}>{formats.dateTime(report.created_at)}</time>
        </Detail>
        {report.started_at && report.finished_at && (
          <Detail term={messages.duration}>
            {formats.duration(Date.parse(report.finished_at) - Date.parse(report.started_at))}
          </Detail>
        )}
        {result && (
          <Detail term={messages.size}>
            {`${messages.rows(result.rows)}, ${formats.bytes(result.bytes)}`}
          </Detail>
        )}
        <Detail term={messages.seed}>
          <code>{request.seed}</code>
        </Detail>
        <Detail term={messages.expires}>
          <time dateTime={report.expires_at}>{formats.dateTime(report.expires_at)}</time>
        </Detail>
        {report.retry_of && (
          <Detail term={messages.retryOf}>
            <Link href={reportPath(report.retry_of)}>{messages.originalReport}</Link>
          </Detail>
        )}
        {result && (
          <Detail wide term={messages.checksum}>
            <Checksum value={result.sha256} />
          </Detail>
        )}
      </dl>
    </section>
  );
}

function Detail({ term, wide = false, children }: { term: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? styles.wide : undefined}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Checksum({ value }: { value: string }) {
  const { report: messages } = useMessages();
  const showToast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      showToast({ kind: "success", text: messages.copied });
    } catch {
      showToast({ kind: "error", text: messages.copyFailed });
    }
  };
  return (
    <span className={styles.checksum}>
      <code className={styles.code}>{value}</code>
      <span className="no-print">
        <IconButton
          icon="copy"
          label={messages.actionOn(messages.copy, messages.checksum)}
          onClick={() => void copy()}
        />
      </span>
    </span>
  );
}
