import { errorFor, UnreachableError } from "@/shared/api/errors";
import type { Report } from "@/shared/api/types";
import { fetchOrRecall } from "@/shared/offline/last-data";

type Downloadable = Pick<Report, "id"> & { links: Pick<Report["links"], "download"> };

export interface Csv {
  bytes: ArrayBuffer;
  fileName: string;
}

/** Follows the API's redirect to the storage, whose CORS rules must allow this site. */
export async function fetchCsv(report: Downloadable, signal?: AbortSignal): Promise<Csv> {
  const request = new Request(csvPath(report), signal ? { signal } : {});
  const response = await fetchOrRecall(request).catch((error: unknown) => {
    throw error instanceof DOMException ? error : new UnreachableError(error);
  });
  if (!response.ok) {
    throw errorFor(response, await response.json().catch(() => null));
  }
  return { bytes: await response.arrayBuffer(), fileName: fileNameOf(response) ?? `${report.id}.csv` };
}

/** The path that redirects to the CSV; another one for a report that somebody else shares. */
export function csvPath({ id, links }: Downloadable): string {
  return links.download ?? `/api/reports/${encodeURIComponent(id)}/download`;
}

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fileNameOf(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
}
