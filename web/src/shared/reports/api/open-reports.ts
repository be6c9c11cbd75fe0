import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { isNotFound } from "@/shared/reports/api/get-report";
import { dropReports, mergeOpen, mergeReport, reportKeys } from "@/shared/reports/report-cache";

/** The API's maximum. */
const PAGE_SIZE = 100;

/** All open reports, in one request however many there are. Reports that have ended are fetched once. */
export const openReportsQuery = queryOptions({
  queryKey: reportKeys.open,
  queryFn: async ({ client, signal }) => {
    const query = { status: "open", limit: PAGE_SIZE } as const;
    const page = await dataOf(api.GET("/reports", { params: { query }, signal }));
    await Promise.all(mergeOpen(client, page).map((id) => fetchEnded(client, id, signal)));
    return page.reports;
  },
});

async function fetchEnded(client: QueryClient, id: string, signal: AbortSignal): Promise<void> {
  try {
    const call = api.GET("/reports/{report_id}", { params: { path: { report_id: id } }, signal });
    mergeReport(client, await dataOf(call));
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    dropReports(client, [id]);
  }
}
