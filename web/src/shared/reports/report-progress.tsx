import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { selectionOf } from "./report";
import styles from "./report-progress.module.css";

/** The progress of an open report. */
export function ReportProgress({ report }: { report: Report }) {
  const { report: messages, names } = useMessages();
  const { total, done, failed } = report.progress;
  const stage = report.status === "queued" ? messages.waiting : messages.planning;
  const text = total > 0 ? messages.progress(done, total) : stage;
  return (
    <div className={styles.progress}>
      <ProgressBar
        done={done}
        label={messages.progressOf(messages.name(selectionOf(report)))}
        text={text}
        total={total}
      />
      <p className={styles.text}>
        <span>{report.status === "canceling" ? names.statuses.canceling : text}</span>
        {failed > 0 && <span className={styles.missing}>{messages.missing(failed)}</span>}
      </p>
    </div>
  );
}
