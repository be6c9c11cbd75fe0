import { onlineManager, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, dataOf } from "@/shared/api/client";
import type { ReportRequest } from "@/shared/api/types";
import { UnreachableError } from "@/shared/api/errors";
import { putReport } from "@/shared/reports/report-cache";

interface CreateReport {
  request: ReportRequest;
  /** The same for every attempt of a request, so that a retry creates no second report. */
  idempotencyKey: string;
}

const MAX_RETRIES = 2;

export function useCreateReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, idempotencyKey }: CreateReport) =>
      dataOf(
        api.POST("/reports", { body: request, params: { header: { "Idempotency-Key": idempotencyKey } } }),
      ),
    retry: (failures, error) =>
      error instanceof UnreachableError && onlineManager.isOnline() && failures < MAX_RETRIES,
    networkMode: "always",
    onSuccess: (report) => putReport(client, report),
  });
}
