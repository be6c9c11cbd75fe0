type Answer = { status?: number; body?: unknown } | "unreachable";

export interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

let answers: Record<string, Answer | Answer[]> = {};
let calls: Call[] = [];

/**
 * Stands in for the server until the test ends: gives "METHOD /path", with its query or without, its answer,
 * or a row of them, of which the last goes on. Returns the calls, as they are made.
 */
export function serve(given: Record<string, Answer | Answer[]>): Call[] {
  answers = given;
  return calls;
}

export function forget(): void {
  answers = {};
  calls = [];
}

/** Takes the place of `fetch`; what no test gave an answer to cannot be reached. */
export async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { pathname, search } = new URL(request.url);
  const text = await request.text();
  calls.push({
    method: request.method,
    path: pathname + search,
    headers: request.headers,
    body: text ? JSON.parse(text) : undefined,
  });
  const found = answers[`${request.method} ${pathname}${search}`] ?? answers[`${request.method} ${pathname}`];
  const next = Array.isArray(found) ? (found.length > 1 ? found.shift() : found[0]) : found;
  if (!next || next === "unreachable") {
    throw new TypeError("fetch failed");
  }
  const { status = 200, body } = next;
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
  });
}
