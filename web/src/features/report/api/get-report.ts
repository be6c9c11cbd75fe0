import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import type { Report } from "@/shared/api/names";
import { POLL, TRY_AGAIN } from "@/shared/api/polling";
import { ProblemError } from "@/shared/api/problem";
import { listedReport, reportKeys } from "@/shared/reports/cache";
import { isOpen } from "@/shared/reports/report";

/** Asked again while it runs, and the page is seen. A report that is gone stays gone. */
export function useReport(id: string) {
  const listed = listedReport(useQueryClient(), id);
  return useQuery<Report>({
    queryKey: reportKeys.one(id),
    queryFn: ({ signal }) =>
      dataOf(api.GET("/reports/{report_id}", { params: { path: { report_id: id } }, signal })),
    ...(listed && { placeholderData: listed }),
    refetchInterval: ({ state }) => {
      if (state.error) {
        return isGone(state.error) ? false : TRY_AGAIN;
      }
      return state.data && isOpen(state.data) ? POLL : false;
    },
  });
}

export function isGone(fault: unknown): boolean {
  return fault instanceof ProblemError && fault.problem.status === 404;
}
