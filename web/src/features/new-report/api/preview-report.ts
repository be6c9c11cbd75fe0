import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import type { ReportRequest } from "@/shared/api/types";

/** The first rows of the report that a request would create. */
export function usePreview(request: ReportRequest) {
  return useQuery({
    queryKey: ["preview", request],
    queryFn: ({ signal }) => dataOf(api.POST("/previews", { body: request, signal })),
    staleTime: Infinity,
    networkMode: "always",
  });
}
