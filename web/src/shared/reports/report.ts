import type { Report, Status } from "@/shared/api/types";
import type { Selection } from "@/shared/i18n/pokemon";

const OPEN: ReadonlySet<Status> = new Set(["queued", "running", "canceling"]);
const PUBLISHED: ReadonlySet<Status> = new Set(["succeeded", "partial"]);

/** An open report still changes. */
export function isOpen(report: Report): boolean {
  return OPEN.has(report.status);
}

export function isPublished(report: Report): boolean {
  return PUBLISHED.has(report.status);
}

/** Which Pokémon the report is about, for its name. */
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

export function reportPath(id: string): string {
  return `/report/?id=${encodeURIComponent(id)}`;
}
