import { reportRequestBodyColumnsAnyOf0Values, reportViewStatusValues, type components } from "./schema";

export type Report = components["schemas"]["ReportView"];
/** A report in the list: without its columns, failures and warnings. */
export type ReportSummary = components["schemas"]["ReportSummaryView"];
export type ReportRequest = components["schemas"]["ReportRequestBody"];
export type ReportPage = components["schemas"]["ReportsView"];
export type Problem = components["schemas"]["ProblemView"];
export type Preview = components["schemas"]["PreviewView"];
export type Status = Report["status"];
export type ColumnName = NonNullable<ReportRequest["columns"]>[number];
export type Column = NonNullable<Report["result"]>["columns"][number];
export type NameCount = components["schemas"]["NameCount"];

export const STATUSES: readonly Status[] = reportViewStatusValues;

/** In the default order of a report. */
export const COLUMN_NAMES = reportRequestBodyColumnsAnyOf0Values as readonly ColumnName[];

export const STATISTICS = [
  "hp",
  "attack",
  "defense",
  "special_attack",
  "special_defense",
  "speed",
] as const satisfies readonly ColumnName[];
