import type { Report, ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { selectionOf } from "./report";
import { useProgressText } from "./use-progress-text";
import styles from "./report-progress.module.css";

/** The progress of an open report. */
export function ReportProgress({ report }: { report: Report | ReportSummary }) {
  const { report: messages } = useMessages();
  const { total, done, failed } = report.progress;
  const text = useProgressText(report);
  return (
    <div className={styles.progress}>
      <ProgressBar
        done={done}
        label={messages.progressOf(messages.name(selectionOf(report)))}
        text={text}
        total={total}
      />
      <p className={styles.text}>
        <span>{text}</span>
        {failed > 0 && <span className={styles.missing}>{messages.missing(failed)}</span>}
      </p>
    </div>
  );
}
