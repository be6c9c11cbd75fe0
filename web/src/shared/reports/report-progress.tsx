import type { Report } from "@/shared/api/names";
import { useMessages } from "@/shared/i18n/messages";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { selectionOf } from "./report";
import styles from "./report-progress.module.css";

/** How far an open report has come. */
export function ReportProgress({ report }: { report: Report }) {
  const { report: words, names } = useMessages();
  const { total, done, failed } = report.progress;
  const stage = report.status === "queued" ? words.waiting : words.planning;
  const text = total > 0 ? words.progress(done, total) : stage;
  return (
    <div className={styles.progress}>
      <ProgressBar
        done={done}
        label={words.progressOf(words.name(selectionOf(report)))}
        text={text}
        total={total}
      />
      <p className={styles.text}>
        <span>{report.status === "canceling" ? names.statuses.canceling : text}</span>
        {failed > 0 && <span className={styles.missing}>{words.missing(failed)}</span>}
      </p>
    </div>
  );
}
