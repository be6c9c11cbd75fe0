import Link from "next/link";
import type { ReactNode } from "react";
import type { Report } from "@/shared/api/names";
import { useFormats, useMessages } from "@/shared/i18n/messages";
import { reportAddress } from "@/shared/reports/report";
import { IconButton } from "@/shared/ui/button";
import { useToast } from "@/shared/ui/toasts";
import styles from "./facts.module.css";

/** What was asked, what came of it, and when. */
export function Facts({ report }: { report: Report }) {
  const { report: words, names } = useMessages();
  const formats = useFormats();
  const tell = useToast();
  const { request, result } = report;

  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      tell({ kind: "good", text: words.copied });
    } catch {
      tell({ kind: "bad", text: words.notCopied });
    }
  };

  const asked = [
    request.type && names.type(request.type),
    request.generation && names.generation(request.generation),
    !request.type && !request.generation && words.everything,
    request.include_forms ? words.includesForms.yes : words.includesForms.no,
    request.sample_size !== null && words.sampleOf(request.sample_size),
    words.columnCount(request.columns.length),
  ].filter((part) => typeof part === "string");

  return (
    <section aria-labelledby="facts-title" className={styles.facts}>
      <h2 className={styles.title} id="facts-title">
        {words.facts}
      </h2>
      <dl className={styles.list}>
        {fact(words.request, asked.join(", "), styles.wide)}
        {fact(words.made, <time dateTime={report.created_at}>{formats.dateTime(report.created_at)}</time>)}
        {report.started_at &&
          report.finished_at &&
          fact(words.took, formats.duration(Date.parse(report.finished_at) - Date.parse(report.started_at)))}
        {result && fact(words.size, `${words.rows(result.rows)}, ${formats.bytes(result.bytes)}`)}
        {fact(words.seed, <code>{request.seed}</code>)}
        {fact(words.expires, <time dateTime={report.expires_at}>{formats.dateTime(report.expires_at)}</time>)}
        {report.retry_of &&
          fact(words.retryOf, <Link href={reportAddress(report.retry_of)}>{words.earlier}</Link>)}
        {result &&
          fact(
            words.checksum,
            <span className={styles.sum}>
              <code className={styles.code}>{result.sha256}</code>
              <IconButton
                icon="copy"
                label={words.actionOn(words.copy, words.checksum)}
                onClick={() => void copy(result.sha256)}
              />
            </span>,
            styles.wide,
          )}
      </dl>
    </section>
  );
}

function fact(name: string, value: ReactNode, className?: string) {
  return (
    <div className={className}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
