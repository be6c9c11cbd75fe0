import type { Report, ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";

/** How far an open report is: "3rd in line", "48 of 192, about 12 sec left". */
export function useProgressText(report: Report | ReportSummary): string {
  const { report: messages, names } = useMessages();
  const { duration } = useFormats();
  const { queue_position: position, estimated_seconds_left: secondsLeft } = report;
  const { total, done } = report.progress;
  if (report.status === "canceling") {
    return names.statuses.canceling;
  }
  const waiting = position === null ? messages.waiting : messages.inLine(position);
  const stage = report.status === "queued" ? waiting : messages.planning;
  return [
    total > 0 ? messages.progress(done, total) : stage,
    ...(secondsLeft === null ? [] : [messages.timeLeft(duration(secondsLeft * 1000))]),
  ].join(", ");
}
