import createClient from "openapi-fetch";
import { faultOf, UnreachableError } from "./problem";
import type { paths } from "./schema";

export const api = createClient<paths>({ baseUrl: "/api" });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of a call; throws one of the errors in `problem.ts`. An aborted call stays an AbortError. */
export async function dataOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((fault: unknown) => {
    throw fault instanceof DOMException ? fault : new UnreachableError(fault);
  });
  if (!response.ok) {
    throw faultOf(response.status, error);
  }
  return data as T;
}
