// Opens the site without a network. It keeps the site's own files only: `src/shared/offline/last-data.ts` keeps data.
//
// `build-service-worker.mjs` puts VERSION and FILES in front of this file. A deployment changes them, so the browser
// installs the new file beside this one and the pages need no update of their own: a page comes from the network
// whenever there is one.

/* global VERSION, FILES */

const PREFIX = "site-";
const NAME = PREFIX + VERSION;
const STATIC = "/_next/static/";
const paths = new Set(FILES);

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(deleteOldVersions());
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (pathname.startsWith(STATIC)) {
    event.respondWith(fromAnyVersion(event.request));
  } else if (paths.has(pathname)) {
    event.respondWith(fromNetwork(event.request, pathname));
  }
});

async function install() {
  const cache = await caches.open(NAME);
  // The names of static files contain their hash, so the browser's own cache has the right ones.
  const requests = FILES.map(
    (path) => new Request(path, { cache: path.startsWith(STATIC) ? "default" : "no-cache" }),
  );
  await cache.addAll(requests);
  await self.skipWaiting();
}

/** Keeps the version before this one, because open pages can still need parts of it. */
async function deleteOldVersions() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)));
}

async function fromAnyVersion(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function fromNetwork(request, path) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(NAME);
    const kept = await cache.match(path);
    if (!kept) {
      throw error;
    }
    return kept;
  }
}
