import type { ReportSummary } from "@/shared/api/types";

export interface DayGroup {
  day: string;
  reports: ReportSummary[];
}

/** Groups the reports, which are newest first, by the day of their creation in the user's time zone. */
export function groupByDay(
  reports: readonly ReportSummary[],
  dayOf: (report: ReportSummary) => string,
): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const report of reports) {
    const day = dayOf(report);
    const last = groups.at(-1);
    if (last?.day === day) {
      last.reports.push(report);
    } else {
      groups.push({ day, reports: [report] });
    }
  }
  return groups;
}
