import { useInfiniteQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { POLL_INTERVAL, RETRY_INTERVAL } from "@/shared/api/polling";
import { reportKeys, type Filters } from "@/shared/reports/report-cache";
import { isOpen } from "@/shared/reports/report";

/** Pages of reports, newest first. Refetched while one of them runs and the page is visible. */
export function useReports(filters: Filters) {
  return useInfiniteQuery({
    queryKey: reportKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      dataOf(api.GET("/reports", { params: { query: queryOf(filters, pageParam) }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    refetchInterval: ({ state }) => {
      if (state.status === "error" || state.fetchFailureCount > 0) {
        return RETRY_INTERVAL;
      }
      return state.data?.pages.some((page) => page.reports.some(isOpen)) ? POLL_INTERVAL : false;
    },
  });
}

function queryOf({ status, type }: Filters, cursor: string | null) {
  return { ...(status && { status }), ...(type && { type }), ...(cursor && { cursor }) };
}
