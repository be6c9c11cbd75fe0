import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Report, ReportPage, ReportSummary, Status } from "@/shared/api/types";
import { summaryOf } from "./report";

export interface Filters {
  status: Status | null;
  type: string | null;
}

export type Pages = InfiniteData<ReportPage, string | null>;

const ALL = ["reports"] as const;
const LISTS = [...ALL, "list"] as const;

export const reportKeys = {
  all: ALL,
  lists: LISTS,
  list: (filters: Filters) => [...LISTS, filters] as const,
  detail: (id: string) => [...ALL, "detail", id] as const,
  table: (id: string, sha256: string) => [...ALL, "table", id, sha256] as const,
};

/** Puts a report that the API returned into every list it belongs to, without waiting for the next poll. */
export async function putReport(client: QueryClient, report: Report): Promise<void> {
  // A list request still in flight may have been read earlier, and would overwrite this report.
  await client.cancelQueries({ queryKey: ALL });
  client.setQueryData(reportKeys.detail(report.id), report);
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: LISTS })) {
    if (pages) {
      client.setQueryData(key, withReport(pages, summaryOf(report), key.at(-1) as Filters));
    }
  }
  void client.invalidateQueries({ queryKey: LISTS });
}

export async function removeReports(client: QueryClient, ids: readonly string[]): Promise<void> {
  await client.cancelQueries({ queryKey: ALL });
  const removed = new Set(ids);
  client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && withoutReports(pages, removed));
  for (const id of ids) {
    client.removeQueries({ queryKey: reportKeys.detail(id) });
  }
  void client.invalidateQueries({ queryKey: LISTS });
}

export function withReport(pages: Pages, report: ReportSummary, filters: Filters): Pages {
  const isListed = pages.pages.some((page) => page.reports.some(({ id }) => id === report.id));
  if (isListed) {
    return mapReports(pages, (reports) =>
      reports.map((listed) => (listed.id === report.id ? report : listed)),
    );
  }
  const [first, ...rest] = pages.pages;
  if (!first || !belongs(report, filters)) {
    return pages;
  }
  return { ...pages, pages: [{ ...first, reports: [report, ...first.reports] }, ...rest] };
}

export function withoutReports(pages: Pages, removed: ReadonlySet<string>): Pages {
  return mapReports(pages, (reports) => reports.filter((report) => !removed.has(report.id)));
}

function belongs(report: ReportSummary, { status, type }: Filters): boolean {
  return (status === null || report.status === status) && (type === null || report.request.type === type);
}

function mapReports(pages: Pages, change: (reports: ReportSummary[]) => ReportSummary[]): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, reports: change(page.reports) })) };
}
