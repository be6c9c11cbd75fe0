import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import type { ReportRequest } from "@/shared/api/names";
import { UnreachableError } from "@/shared/api/problem";
import { putReport } from "@/shared/reports/cache";

interface Asked {
  request: ReportRequest;
  /** The same for every try of one request: whatever got lost, one report is made. */
  key: string;
}

const RETRIES = 2;

export function useCreateReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, key }: Asked) =>
      dataOf(api.POST("/reports", { body: request, params: { header: { "Idempotency-Key": key } } })),
    retry: (failures, fault) => fault instanceof UnreachableError && failures < RETRIES,
    networkMode: "always",
    onSuccess: (report) => putReport(client, report),
  });
}
