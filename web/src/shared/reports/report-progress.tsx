import type { Report, ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { selectionOf } from "./report";
import styles from "./report-progress.module.css";

/** The progress of an open report. */
export function ReportProgress({ report }: { report: Report | ReportSummary }) {
  const { report: messages, names } = useMessages();
  const { duration } = useFormats();
  const { queue_position: position, estimated_seconds_left: secondsLeft } = report;
  const { total, done, failed } = report.progress;
  const waiting = position === null ? messages.waiting : messages.inLine(position);
  const stage = report.status === "queued" ? waiting : messages.planning;
  const text = [
    total > 0 ? messages.progress(done, total) : stage,
    ...(secondsLeft === null ? [] : [messages.timeLeft(duration(secondsLeft * 1000))]),
  ].join(", ");
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
