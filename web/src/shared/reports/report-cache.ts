import type { QueryClient } from "@tanstack/react-query";
import type { Report, ReportPage, ReportSummary } from "@/shared/api/types";
import { isOpen, summaryOf } from "./report";

/** The user's reports, newest first, in the order of their ids. */
export interface ReportList {
  reports: readonly ReportSummary[];
  /** False until the last page is loaded. */
  isComplete: boolean;
}

const ALL = ["reports"] as const;
const DETAILS = [...ALL, "detail"] as const;

export const reportKeys = {
  all: ALL,
  list: [...ALL, "list"] as const,
  /** All open reports. */
  open: [...ALL, "open"] as const,
  /** The first page of the list. */
  latest: [...ALL, "latest"] as const,
  detail: (id: string) => [...DETAILS, id] as const,
  table: (id: string, sha256: string) => [...ALL, "table", id, sha256] as const,
};

/** Puts a report that an action returned into the list, without waiting for the next poll. */
export async function putReport(client: QueryClient, report: Report): Promise<void> {
  await withoutRequests(client, [report.id], () => {
    mergeReport(client, report);
  });
}

export async function removeReports(client: QueryClient, ids: readonly string[]): Promise<void> {
  await withoutRequests(client, ids, () => {
    dropReports(client, ids);
  });
}

/** Cancels the requests whose responses may have been read before this change, and would undo it. */
async function withoutRequests(
  client: QueryClient,
  ids: readonly string[],
  change: () => void,
): Promise<void> {
  const wasLoading = client.isFetching({ queryKey: reportKeys.list }) > 0;
  const queryKeys = [reportKeys.list, reportKeys.open, reportKeys.latest, ...ids.map(reportKeys.detail)];
  await Promise.all(queryKeys.map((queryKey) => client.cancelQueries({ queryKey })));
  change();
  if (wasLoading) {
    void client.invalidateQueries({ queryKey: reportKeys.list });
  }
}

export function mergeReport(client: QueryClient, report: Report): void {
  client.setQueryData(reportKeys.detail(report.id), report);
  updateList(client, (reports) => withReports(reports, [summaryOf(report)]));
}

export function dropReports(client: QueryClient, ids: readonly string[]): void {
  const dropped = new Set(ids);
  updateList(client, (reports) => reports.filter(({ id }) => !dropped.has(id)));
  for (const id of ids) {
    client.removeQueries({ queryKey: reportKeys.detail(id) });
  }
}

/**
 * Takes over a page of the latest reports. Reports made elsewhere appear, and those that are gone from its
 * range disappear.
 */
export function mergeLatest(client: QueryClient, page: ReportPage): void {
  const isInRange = rangeOf(page);
  const found = new Set(page.reports.map(({ id }) => id));
  updateList(client, (reports) =>
    withReports(
      reports.filter(({ id }) => found.has(id) || !isInRange(id)),
      page.reports,
    ),
  );
}

/** Takes over a page of all open reports. Returns the ids of the reports that are no longer open. */
export function mergeOpen(client: QueryClient, page: ReportPage): string[] {
  const isInRange = rangeOf(page);
  const open = new Set(page.reports.map(({ id }) => id));
  const { reports = [] } = client.getQueryData<ReportList>(reportKeys.list) ?? {};
  // The list is not loaded on every page.
  const details = client.getQueriesData<Report>({ queryKey: DETAILS }).flatMap(([, report]) => report ?? []);
  updateList(client, (current) => withReports(current, page.reports));
  const ended = [...reports, ...details].filter(
    (report) => isOpen(report) && !open.has(report.id) && isInRange(report.id),
  );
  return [...new Set(ended.map(({ id }) => id))];
}

/** Whether an id belongs on the page, which ends with its last report if another page follows. */
function rangeOf({ reports, next_cursor }: ReportPage): (id: string) => boolean {
  const last = next_cursor === null ? undefined : reports.at(-1);
  return (id) => last === undefined || id <= last.id;
}

function updateList(
  client: QueryClient,
  change: (reports: readonly ReportSummary[]) => readonly ReportSummary[],
): void {
  client.setQueryData<ReportList>(
    reportKeys.list,
    (list) => list && { ...list, reports: change(list.reports) },
  );
}

function withReports(
  reports: readonly ReportSummary[],
  changed: readonly ReportSummary[],
): readonly ReportSummary[] {
  const byId = new Map([...reports, ...changed].map((report) => [report.id, report]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
