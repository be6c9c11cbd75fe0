import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import { RETRY_INTERVAL } from "@/shared/api/polling";
import type { Report } from "@/shared/api/types";
import { isNotFound } from "@/shared/reports/api/get-report";

/** The report that a link shows, without an identity. Fetched again until the server says yes or no. */
export function useSharedReport(token: string) {
  return useQuery<Report>({
    queryKey: ["shared", token],
    queryFn: ({ signal }) => dataOf(api.GET("/shared/{token}", { params: { path: { token } }, signal })),
    refetchInterval: ({ state }) => (state.error && !isNotFound(state.error) ? RETRY_INTERVAL : false),
  });
}
