import { errorFor, UnreachableError } from "@/shared/api/errors";

export interface Csv {
  bytes: ArrayBuffer;
  fileName: string;
}

/** Follows the API's redirect to the storage, whose CORS rules must allow this site. */
export async function fetchCsv(id: string, signal?: AbortSignal): Promise<Csv> {
  const response = await fetch(csvPath(id), signal ? { signal } : {}).catch((error: unknown) => {
    throw error instanceof DOMException ? error : new UnreachableError(error);
  });
  if (!response.ok) {
    throw errorFor(response, await response.json().catch(() => null));
  }
  return { bytes: await response.arrayBuffer(), fileName: fileNameOf(response) ?? `${id}.csv` };
}

export function csvPath(id: string): string {
  return `/api/reports/${encodeURIComponent(id)}/download`;
}

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fileNameOf(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
}
