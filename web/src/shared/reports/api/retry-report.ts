import { api, dataOf } from "@/shared/api/client";
import type { Report } from "@/shared/api/types";

export function retryReport(id: string): Promise<Report> {
  return dataOf(api.POST("/reports/{report_id}/retry", { params: { path: { report_id: id } } }));
}
