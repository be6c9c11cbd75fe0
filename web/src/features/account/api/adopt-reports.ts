import { api, dataOf } from "@/shared/api/client";

interface Adoption {
  adopted: number;
  remaining: number;
  /** The new id of each report that moved, by its earlier id. */
  moved: Record<string, string>;
}

/** Moves some of the visitor's ended reports to the signed-in user. */
export function adoptReports(): Promise<Adoption> {
  return dataOf(api.POST("/visitor/adopt"));
}
