import { api, dataOf } from "@/shared/api/client";
import { ProblemError } from "@/shared/api/problem";

/** Once it answers, the report is gone; one that was gone already is as good. */
export async function deleteReport(id: string): Promise<void> {
  try {
    await dataOf(api.DELETE("/reports/{report_id}", { params: { path: { report_id: id } } }));
  } catch (fault) {
    if (!(fault instanceof ProblemError && fault.kind === "no-such-report")) {
      throw fault;
    }
  }
}
