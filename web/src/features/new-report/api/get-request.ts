import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";
import { isNotFound } from "@/shared/reports/api/get-report";
import { reportKeys } from "@/shared/reports/report-cache";

/** A report for its request, which never changes. Retried until the API responds. */
export function useRequestOf(id: string) {
  return useQuery({
    queryKey: reportKeys.detail(id),
    queryFn: ({ signal }) =>
      dataOf(api.GET("/reports/{report_id}", { params: { path: { report_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.error && !isNotFound(state.error) ? RETRY_INTERVAL : false),
  });
}
