import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";
import type { ReportSummary } from "@/shared/api/types";
import { isNotFound } from "@/shared/reports/api/get-report";
import { reportKeys } from "@/shared/reports/report-cache";

const QUERY_KEY = [...reportKeys.all, "open"];
/** In milliseconds. */
const INTERVAL = 1_000;
/** The API's maximum. */
const PAGE_SIZE = 100;

interface OpenReports {
  isEnabled: boolean;
  /** Reports that are known to be open. */
  openIds: readonly string[];
  onGone: (id: string) => void;
}

/** All open reports, in one request however many there are. A report that is no longer open is fetched once. */
export function useOpenReports({ isEnabled, openIds, onGone }: OpenReports) {
  const { data } = useQuery<readonly ReportSummary[]>({
    queryKey: QUERY_KEY,
    queryFn: async ({ client, signal }) => {
      const query = { status: "open", limit: PAGE_SIZE } as const;
      const { reports } = await dataOf(api.GET("/reports", { params: { query }, signal }));
      const listed = new Set(reports.map(({ id }) => id));
      const missing = openIds.filter((id) => !listed.has(id));
      await Promise.all(missing.map((id) => refresh(client, id, onGone, signal)));
      return reports;
    },
    enabled: isEnabled,
    refetchInterval: ({ state }) => (state.error ? RETRY_INTERVAL : INTERVAL),
    // Only those who want a notification ask for it in the background.
    refetchIntervalInBackground: true,
  });
  return data ?? [];
}

async function refresh(
  client: QueryClient,
  id: string,
  onGone: (id: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const call = api.GET("/reports/{report_id}", { params: { path: { report_id: id } }, signal });
    client.setQueryData(reportKeys.detail(id), await dataOf(call));
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    onGone(id);
  }
}
