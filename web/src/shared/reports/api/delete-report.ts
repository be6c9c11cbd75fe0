import { api, dataOf } from "@/shared/api/client";
import { ProblemError } from "@/shared/api/errors";

/** Deletes a report, even if the page is left meanwhile. Succeeds if it no longer exists. */
export async function deleteReport(id: string): Promise<void> {
  try {
    await dataOf(
      api.DELETE("/reports/{report_id}", { params: { path: { report_id: id } }, keepalive: true }),
    );
  } catch (error) {
    if (!(error instanceof ProblemError && error.kind === "no-such-report")) {
      throw error;
    }
  }
}
