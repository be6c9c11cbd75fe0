import { api, dataOf } from "@/shared/api/client";

interface Adoption {
  adopted: number;
  remaining: number;
}

/** Moves some of the visitor's ended reports to the signed-in user. */
export function adoptReports(): Promise<Adoption> {
  return dataOf(api.POST("/visitor/adopt"));
}
