import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";
import type { ReportPage, ReportSummary } from "@/shared/api/types";
import { reportKeys, type ReportList } from "@/shared/reports/report-cache";

/** The first page is small, so that it is shown early; the API allows up to 100 reports on a page. */
const FIRST_PAGE_SIZE = 20;
const PAGE_SIZE = 100;

/** All reports of the user, newest first. The first page is there before the others. */
export function useReports() {
  return useQuery<ReportList>({
    queryKey: reportKeys.list,
    queryFn: ({ client, signal }) => loadAll(client, signal),
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_INTERVAL : false),
  });
}

export function getLatestReports(signal: AbortSignal): Promise<ReportPage> {
  return getPage({ limit: FIRST_PAGE_SIZE }, signal);
}

async function loadAll(client: QueryClient, signal: AbortSignal): Promise<ReportList> {
  let page = await getLatestReports(signal);
  const reports: ReportSummary[] = [...page.reports];
  while (page.next_cursor !== null) {
    if (!client.getQueryData<ReportList>(reportKeys.list)?.isComplete) {
      client.setQueryData<ReportList>(reportKeys.list, { reports: [...reports], isComplete: false });
    }
    page = await getPage({ limit: PAGE_SIZE, cursor: page.next_cursor }, signal);
    reports.push(...page.reports);
  }
  return { reports, isComplete: true };
}

function getPage(query: { limit: number; cursor?: string }, signal: AbortSignal): Promise<ReportPage> {
  return dataOf(api.GET("/reports", { params: { query }, signal }));
}
