import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";

export const VISITOR_KEY = ["visitor"];

/** The number of reports of this browser's visitor identity. */
export function useVisitorReports({ enabled }: { enabled: boolean }) {
  return useQuery({
    enabled,
    queryKey: VISITOR_KEY,
    queryFn: ({ signal }) => dataOf(api.GET("/visitor", { signal })).then(({ reports }) => reports),
    staleTime: Infinity,
  });
}
