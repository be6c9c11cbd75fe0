import type { Report, Status } from "@/shared/api/names";
import type { Selection } from "@/shared/i18n/names";

const OPEN: ReadonlySet<Status> = new Set(["queued", "running", "canceling"]);
const PUBLISHED: ReadonlySet<Status> = new Set(["succeeded", "partial"]);

/** While a report is open it changes by itself. */
export function isOpen(report: Report): boolean {
  return OPEN.has(report.status);
}

export function isPublished(report: Report): boolean {
  return PUBLISHED.has(report.status);
}

/** What the report is of, for its name. */
export function selectionOf(report: Report): Selection {
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

export function reportAddress(id: string): string {
  return `/report/?id=${encodeURIComponent(id)}`;
}
