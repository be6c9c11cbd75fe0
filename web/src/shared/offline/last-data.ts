import { fetchInTurn } from "@/shared/api/first-request";

/**
 * The last lists, reports and CSVs that this browser got, for when it is offline. They belong to one user or
 * visitor, and are deleted when another one appears.
 */

const CACHE = "last-data";
const OWNER_KEY = "last-data-owner";
/** A report takes two: its record and its CSV. The oldest go first. */
const MAX_ENTRIES = 60;
/** Neither share links, whose access can be revoked, nor sign-in. */
const KEPT = /^\/api\/(reports(\/[^/]+(\/download)?)?|types|generations)$/;
/** The API gives a new visitor a token with this header. */
const NEW_VISITOR = "Poke-Visitor";

let setOwnerKnown: () => void = () => undefined;
const ownerKnown = new Promise<void>((resolve) => {
  setOwnerKnown = resolve;
});

/** Like `fetch`. While the browser is offline, returns the last response to the same request, if there is one. */
export async function fetchOrRecall(request: Request): Promise<Response> {
  if (!("caches" in globalThis) || !KEPT.test(new URL(request.url).pathname)) {
    return fetchInTurn(request);
  }
  const { url, method } = request;
  try {
    const response = await fetchInTurn(request);
    void keep(url, method, response.clone()).catch(() => undefined);
    return response;
  } catch (error) {
    const kept = method === "GET" && !navigator.onLine ? await recall(url) : undefined;
    if (!kept) {
      throw error;
    }
    return kept;
  }
}

/** From now on, the data belongs to this user or visitor. */
export async function keepDataOf(owner: string): Promise<void> {
  try {
    if (localStorage.getItem(OWNER_KEY) !== owner) {
      await forgetData();
      localStorage.setItem(OWNER_KEY, owner);
    }
    setOwnerKnown();
  } catch {
    // Without storage, nothing is kept.
  }
}

export async function forgetData(): Promise<void> {
  if ("caches" in globalThis) {
    await caches.delete(CACHE);
  }
}

async function keep(url: string, method: string, response: Response): Promise<void> {
  if (response.headers.has(NEW_VISITOR)) {
    await forgetData();
    return;
  }
  await ownerKnown;
  const cache = await caches.open(CACHE);
  const isGone = response.status >= 400 && response.status < 500;
  if (method === "DELETE" ? response.ok : isGone) {
    await Promise.all([cache.delete(url), cache.delete(`${url}/download`)]);
  } else if (method === "GET" && response.ok) {
    await cache.put(url, response);
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, -MAX_ENTRIES).map((key) => cache.delete(key)));
  }
}

async function recall(url: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  return cache.match(url, { ignoreVary: true });
}
