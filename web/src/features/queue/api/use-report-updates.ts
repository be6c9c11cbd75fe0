import { useQuery, type Query } from "@tanstack/react-query";
import { pollInterval, RETRY_INTERVAL } from "@/shared/api/polling";
import { openReportsQuery } from "@/shared/reports/api/open-reports";
import { isOpen } from "@/shared/reports/report";
import { mergeLatest, reportKeys, type ReportList } from "@/shared/reports/report-cache";
import { getLatestReports } from "./list-reports";

/** In milliseconds, while no report is open. */
const REST_INTERVAL = 15_000;

/**
 * Keeps the list up to date while the page is visible. While reports are open, one request asks for those
 * alone; otherwise, for the latest reports, some of which may be made elsewhere.
 */
export function useReportUpdates(list: ReportList | undefined): void {
  const newestOpen = list?.reports.find(isOpen);
  useQuery({
    ...openReportsQuery,
    enabled: newestOpen !== undefined,
    // The list has just been loaded, so the first update is due after an interval.
    initialData: [],
    staleTime: Infinity,
    refetchInterval: (query) =>
      afterFailure(query) ?? pollInterval(Date.now() - Date.parse(newestOpen?.created_at ?? "")),
  });
  useQuery({
    queryKey: reportKeys.latest,
    queryFn: async ({ client, signal }) => {
      mergeLatest(client, await getLatestReports(signal));
      return null;
    },
    enabled: list !== undefined && newestOpen === undefined,
    initialData: null,
    staleTime: Infinity,
    refetchInterval: (query) => afterFailure(query) ?? REST_INTERVAL,
  });
}

function afterFailure({ state }: Pick<Query, "state">): number | undefined {
  return state.status === "error" ? RETRY_INTERVAL : undefined;
}
