import { api, dataOf } from "@/shared/api/client";
import type { Report } from "@/shared/api/types";

/** Returns the report with its link, which stays the same until it is revoked. */
export function shareReport(id: string): Promise<Report> {
  return dataOf(api.PUT("/reports/{report_id}/share", { params: { path: { report_id: id } } }));
}
