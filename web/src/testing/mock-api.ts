type MockResponse = { status?: number; body?: unknown; headers?: Record<string, string> } | "unreachable";

export interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

let responses: Record<string, MockResponse | MockResponse[]> = {};
let calls: Call[] = [];

/**
 * Mocks the API until the test ends. Maps "METHOD /path", with or without a query, to a response or a
 * sequence of responses whose last one repeats. Returns the list of calls, which grows as they are made.
 */
export function mockApi(routes: Record<string, MockResponse | MockResponse[]>): Call[] {
  responses = routes;
  return calls;
}

export function resetMockApi(): void {
  responses = {};
  calls = [];
}

/** Replaces `fetch`. A path without a response is unreachable. */
export async function mockFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { pathname, search } = new URL(request.url);
  const text = await request.text();
  calls.push({
    method: request.method,
    path: pathname + search,
    headers: request.headers,
    body: text ? JSON.parse(text) : undefined,
  });
  const found =
    responses[`${request.method} ${pathname}${search}`] ?? responses[`${request.method} ${pathname}`];
  const next = Array.isArray(found) ? (found.length > 1 ? found.shift() : found[0]) : found;
  if (!next || next === "unreachable") {
    throw new TypeError("fetch failed");
  }
  const { status = 200, body, headers } = next;
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });
}
