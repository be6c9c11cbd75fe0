import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import type { Report } from "@/shared/api/types";
import { pollInterval, RETRY_INTERVAL } from "@/shared/api/polling";
import { ProblemError } from "@/shared/api/errors";
import { reportKeys } from "@/shared/reports/report-cache";
import { isOpen } from "@/shared/reports/report";

/** One report; none without an id. Refetched while it runs and the page is visible; not after it is not found. */
export function useReport(id: string) {
  return useQuery<Report>({
    enabled: id !== "",
    queryKey: reportKeys.detail(id),
    queryFn: ({ signal }) =>
      dataOf(api.GET("/reports/{report_id}", { params: { path: { report_id: id } }, signal })),
    refetchInterval: ({ state }) => {
      if (state.error) {
        return isNotFound(state.error) ? false : RETRY_INTERVAL;
      }
      return state.data && isOpen(state.data)
        ? pollInterval(Date.now() - Date.parse(state.data.created_at))
        : false;
    },
  });
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 404;
}
