import { api, dataOf } from "@/shared/api/client";
import { UnreachableError } from "@/shared/api/errors";
import type { Report } from "@/shared/api/types";

const MAX_ATTEMPTS = 3;
/** In milliseconds; twice as long after the second attempt. */
const FIRST_DELAY = 1_000;

/** Kept until the API responds, so that neither attempts nor repeated clicks create a second report. */
const idempotencyKeys = new Map<string, string>();

/** Creates a report with the same request; with `onlyMissing`, from the rows of a partial report. */
export async function retryReport(id: string, onlyMissing: boolean): Promise<Report> {
  const action = `${id} ${String(onlyMissing)}`;
  const idempotencyKey = idempotencyKeys.get(action) ?? crypto.randomUUID();
  idempotencyKeys.set(action, idempotencyKey);
  const send = () =>
    dataOf(
      api.POST("/reports/{report_id}/retry", {
        params: { path: { report_id: id }, header: { "Idempotency-Key": idempotencyKey } },
        ...(onlyMissing && { body: { only: "missing" as const } }),
      }),
    );
  for (let attempt = 1; ; attempt += 1) {
    try {
      const report = await send();
      idempotencyKeys.delete(action);
      return report;
    } catch (error) {
      if (!(error instanceof UnreachableError)) {
        idempotencyKeys.delete(action);
        throw error;
      }
      if (attempt === MAX_ATTEMPTS) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, FIRST_DELAY * attempt));
    }
  }
}
