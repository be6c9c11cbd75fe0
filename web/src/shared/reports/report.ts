import type { Report, ReportSummary, Status } from "@/shared/api/types";
import type { Selection } from "@/shared/i18n/pokemon";

const OPEN: ReadonlySet<Status> = new Set(["queued", "running", "canceling"]);
const PUBLISHED: ReadonlySet<Status> = new Set(["succeeded", "partial"]);

/** An open report still changes. */
export function isOpen(report: Report | ReportSummary): boolean {
  return OPEN.has(report.status);
}

export function isPublished(report: Report | ReportSummary): boolean {
  return PUBLISHED.has(report.status);
}

/** Which Pokémon the report is about, for its name. */
export function selectionOf(report: Report | ReportSummary): Selection {
  const { type, generation, include_forms, sample_size } = report.request;
  const total = report.progress.total > 0 ? report.progress.total : null;
  return {
    sample: sample_size === null ? null : Math.min(sample_size, total ?? sample_size),
    population: sample_size === null ? total : null,
    type,
    generation,
    includeForms: include_forms,
  };
}

/** The report as the list has it. Fields that the list lacks do no harm. */
export function summaryOf(report: Report): ReportSummary {
  const { columns, ...filters } = report.request;
  return { ...report, request: { ...filters, column_count: columns.length } };
}

export function reportPath(id: string): string {
  return `/report/?id=${encodeURIComponent(id)}`;
}

/** The page for a report's `links.shared`, which ends with the link's token. `poke share` prints the same URL. */
export function sharedPath(link: string): string {
  return `/shared/?token=${link.slice(link.lastIndexOf("/") + 1)}`;
}
