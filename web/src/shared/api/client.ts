import createClient from "openapi-fetch";
import { fetchOrRecall } from "@/shared/offline/last-data";
import { errorFor, UnreachableError } from "./errors";
import type { paths } from "./schema";

export const api = createClient<paths>({ baseUrl: "/api", fetch: fetchOrRecall });

interface ApiResponse<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Resolves to a call's data. Throws one of the errors in `errors.ts`, or the AbortError of an aborted call. */
export async function dataOf<T>(call: Promise<ApiResponse<T>>): Promise<T> {
  const { data, error, response } = await call.catch((error: unknown) => {
    throw error instanceof DOMException ? error : new UnreachableError(error);
  });
  if (!response.ok) {
    throw errorFor(response, error);
  }
  return data as T;
}
