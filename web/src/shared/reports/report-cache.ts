import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Report, ReportPage, Status } from "@/shared/api/names";

export interface Filters {
  status: Status | null;
  type: string | null;
}

export type Pages = InfiniteData<ReportPage, string | null>;

const ALL = ["reports"] as const;
const LISTS = [...ALL, "list"] as const;

export const reportKeys = {
  all: ALL,
  list: (filters: Filters) => [...LISTS, filters] as const,
  one: (id: string) => [...ALL, "one", id] as const,
  rows: (id: string, sha256: string) => [...ALL, "rows", id, sha256] as const,
};

/** Show what the server answered at once, in every list it belongs to; polling goes on from there. */
export async function putReport(client: QueryClient, report: Report): Promise<void> {
  // A list that is on its way was read before this answer, and would undo it.
  await client.cancelQueries({ queryKey: ALL });
  client.setQueryData(reportKeys.one(report.id), report);
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: LISTS })) {
    if (pages) {
      client.setQueryData(key, withReport(pages, report, key.at(-1) as Filters));
    }
  }
  void client.invalidateQueries({ queryKey: LISTS });
}

export async function dropReports(client: QueryClient, ids: readonly string[]): Promise<void> {
  await client.cancelQueries({ queryKey: ALL });
  const gone = new Set(ids);
  client.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && withoutReports(pages, gone));
  for (const id of ids) {
    client.removeQueries({ queryKey: reportKeys.one(id) });
  }
  void client.invalidateQueries({ queryKey: LISTS });
}

export function withReport(pages: Pages, report: Report, filters: Filters): Pages {
  const isListed = pages.pages.some((page) => page.reports.some((one) => one.id === report.id));
  if (isListed) {
    return mapReports(pages, (reports) => reports.map((one) => (one.id === report.id ? report : one)));
  }
  const [first, ...rest] = pages.pages;
  if (!first || !belongs(report, filters)) {
    return pages;
  }
  return { ...pages, pages: [{ ...first, reports: [report, ...first.reports] }, ...rest] };
}

export function withoutReports(pages: Pages, gone: ReadonlySet<string>): Pages {
  return mapReports(pages, (reports) => reports.filter((report) => !gone.has(report.id)));
}

function belongs(report: Report, { status, type }: Filters): boolean {
  return (status === null || report.status === status) && (type === null || report.request.type === type);
}

function mapReports(pages: Pages, change: (reports: Report[]) => Report[]): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, reports: change(page.reports) })) };
}

/** A report as a list last showed it. */
export function listedReport(client: QueryClient, id: string): Report | undefined {
  return client
    .getQueriesData<Pages>({ queryKey: LISTS })
    .flatMap(([, pages]) => pages?.pages ?? [])
    .flatMap((page) => page.reports)
    .find((report) => report.id === id);
}
