import { STATUSES, type ReportSummary, type Status } from "@/shared/api/types";
import { normalize } from "@/shared/i18n/normalize";

/** Which reports the list shows. */
export interface ListView {
  status: Status | null;
  type: string | null;
  search: string;
}

export const EVERYTHING: ListView = { status: null, type: null, search: "" };

/** The view in a URL's query. Statuses and types that do not exist are ignored. */
export function readView(query: URLSearchParams, types: readonly string[]): ListView {
  return {
    status: STATUSES.find((status) => status === query.get("status")) ?? null,
    type: types.find((type) => type === query.get("type")) ?? null,
    search: query.get("q") ?? "",
  };
}

/** Changes the view in a URL's query, and leaves its other parameters. */
export function writeView(query: URLSearchParams, { status, type, search }: ListView): URLSearchParams {
  const written = new URLSearchParams(query);
  for (const [name, value] of Object.entries({ status, type, q: search.trim() })) {
    if (value) {
      written.set(name, value);
    } else {
      written.delete(name);
    }
  }
  return written;
}

export function isFiltered({ status, type, search }: ListView): boolean {
  return status !== null || type !== null || normalize(search) !== "";
}

/**
 * The reports with the status and the type, and with every word of the search in their text. A number finds
 * only itself: otherwise, one digit would find almost every seed.
 */
export function filterReports(
  reports: readonly ReportSummary[],
  { status, type, search }: ListView,
  textOf: (report: ReportSummary) => string,
): readonly ReportSummary[] {
  const words = normalize(search).split(" ").filter(Boolean);
  const matchesSearch = (report: ReportSummary) => {
    const found = textOf(report);
    // "année" starts a word of "d'année", which "d'année" itself finds too.
    const text = ` ${normalize(found)} ${normalize(found.replaceAll(/['’]/g, " "))} `;
    return words.every((word) => text.includes(/^\d+$/.test(word) ? ` ${word} ` : ` ${word}`));
  };
  return reports.filter(
    (report) =>
      (status === null || report.status === status) &&
      (type === null || report.request.type === type) &&
      (words.length === 0 || matchesSearch(report)),
  );
}
