import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { pollInterval, RETRY_INTERVAL } from "@/shared/api/polling";
import { isNotFound } from "@/shared/reports/api/get-report";
import { isOpen } from "@/shared/reports/report";
import {
  dropReports,
  mergeLatest,
  mergeOpen,
  mergeReport,
  reportKeys,
  type ReportList,
} from "@/shared/reports/report-cache";
import { getLatestReports, getOpenReports } from "./list-reports";

/** In milliseconds, while no report is open. */
const REST_INTERVAL = 15_000;

/**
 * Keeps the list up to date while the page is visible. While reports are open, one request asks for those
 * alone; otherwise, for the latest reports, some of which may be made elsewhere.
 */
export function useReportUpdates(list: ReportList | undefined): void {
  useQuery({
    queryKey: reportKeys.updates,
    queryFn: async ({ client, signal }) => {
      await update(client, signal);
      return null;
    },
    enabled: list !== undefined,
    // The list has just been loaded, so the first update is due after an interval.
    initialData: null,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_INTERVAL : intervalFor(list)),
  });
}

export function intervalFor(list: ReportList | undefined): number {
  const newest = list?.reports.find(isOpen);
  return newest ? pollInterval(Date.now() - Date.parse(newest.created_at)) : REST_INTERVAL;
}

async function update(client: QueryClient, signal: AbortSignal): Promise<void> {
  const list = client.getQueryData<ReportList>(reportKeys.list);
  if (!list?.reports.some(isOpen)) {
    mergeLatest(client, await getLatestReports(signal));
    return;
  }
  const ended = mergeOpen(client, await getOpenReports(signal));
  await Promise.all(ended.map((id) => fetchEnded(client, id, signal)));
}

async function fetchEnded(client: QueryClient, id: string, signal: AbortSignal): Promise<void> {
  try {
    const report = await dataOf(
      api.GET("/reports/{report_id}", { params: { path: { report_id: id } }, signal }),
    );
    mergeReport(client, report);
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    dropReports(client, [id]);
  }
}
