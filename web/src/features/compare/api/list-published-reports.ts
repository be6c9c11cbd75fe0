import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";
import { isPublished } from "@/shared/reports/report";
import { reportKeys } from "@/shared/reports/report-cache";

/** The latest reports that have a CSV, for the choice of those to compare. */
export function usePublishedReports() {
  return useQuery({
    queryKey: [...reportKeys.all, "published"],
    queryFn: async ({ signal }) => {
      const page = await dataOf(api.GET("/reports", { params: { query: { limit: 100 } }, signal }));
      return page.reports.filter(isPublished);
    },
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_INTERVAL : false),
  });
}
