import { api, dataOf } from "@/shared/api/client";

/** Revokes the link of a report. */
export async function unshareReport(id: string): Promise<void> {
  await dataOf(api.DELETE("/reports/{report_id}/share", { params: { path: { report_id: id } } }));
}
