import { faultOf, UnreachableError } from "@/shared/api/problem";

export interface Csv {
  bytes: ArrayBuffer;
  fileName: string;
}

/** Through the API's redirect to the storage, which must allow this site by its CORS rules. */
export async function fetchCsv(id: string, signal?: AbortSignal): Promise<Csv> {
  const response = await fetch(csvAddress(id), signal ? { signal } : {}).catch((fault: unknown) => {
    throw fault instanceof DOMException ? fault : new UnreachableError(fault);
  });
  if (!response.ok) {
    throw faultOf(response.status, await response.json().catch(() => null));
  }
  return { bytes: await response.arrayBuffer(), fileName: fileNameOf(response) ?? `${id}.csv` };
}

export function csvAddress(id: string): string {
  return `/api/reports/${encodeURIComponent(id)}/download`;
}

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fileNameOf(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
}
