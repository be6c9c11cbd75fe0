/** The paths whose responses give a new browser its visitor identity, as a cookie. */
const IDENTITY_PATHS: ReadonlySet<string> = new Set(["/api/reports", "/api/visitor"]);

let firstResponse: Promise<unknown> | null = null;

/**
 * `fetch`, but of the requests that give an identity, the first gets its response before the others are sent.
 * Sent together, they would each get another identity, and the browser would lose what belongs to all but one.
 */
export function fetchInTurn(request: Request): Promise<Response> {
  if (!IDENTITY_PATHS.has(new URL(request.url).pathname)) {
    return globalThis.fetch(request);
  }
  if (firstResponse) {
    return firstResponse.then(() => globalThis.fetch(request));
  }
  const response = globalThis.fetch(request);
  firstResponse = response.catch(() => {
    firstResponse = null;
  });
  return response;
}
