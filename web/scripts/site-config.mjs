// Writes staticwebapp.config.json into an exported site: the roles that may call the API, and the headers. Their
// Content-Security-Policy allows the inline scripts of the site's pages by their hashes, and no others.
//
//   node scripts/site-config.mjs [--site out] [--storage ORIGIN] [--roles ROLE,ROLE]
//
// --storage is the origin of the CSVs, and --roles are the roles that may call /api/*. `npm run build` reads
// them from STORAGE_ORIGIN and API_ROLES.

import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    site: { type: "string", default: "out" },
    storage: { type: "string", default: process.env.STORAGE_ORIGIN ?? "https://*.blob.core.windows.net" },
    roles: { type: "string", default: process.env.API_ROLES ?? "anonymous" },
  },
});

const SPRITES = "https://raw.githubusercontent.com";
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

const hashes = new Set();
for await (const page of glob("**/*.html", { cwd: options.site })) {
  const html = await readFile(join(options.site, page), "utf8");
  for (const [, script] of html.matchAll(INLINE_SCRIPT)) {
    hashes.add(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  }
}
if (hashes.size === 0) {
  throw new Error(`${options.site} contains no pages. Build the site first.`);
}

const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'", ...[...hashes].sort()],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:", SPRITES],
  "font-src": ["'self'"],
  "connect-src": ["'self'", options.storage],
  "manifest-src": ["'self'"],
  "worker-src": ["'self'"],
  "form-action": ["'self'"],
  "base-uri": ["'none'"],
  "frame-ancestors": ["'none'"],
};

const config = {
  trailingSlash: "auto",
  routes: [
    { route: "/_next/static/*", headers: { "Cache-Control": "public, max-age=31536000, immutable" } },
    { route: "/service-worker.js", headers: { "Cache-Control": "no-cache" } },
    // Anyone with the link of a shared report can read it without signing in.
    { route: "/api/shared/*", allowedRoles: ["anonymous"] },
    { route: "/api/*", allowedRoles: options.roles.split(",") },
  ],
  // An unknown path gets the "not found" page; a missing static file gets a plain 404.
  navigationFallback: {
    rewrite: "/404.html",
    exclude: ["/_next/*", "/api/*", "/*.{css,ico,js,png,svg,txt,webmanifest,woff2}"],
  },
  responseOverrides: { 404: { rewrite: "/404.html" } },
  globalHeaders: {
    "Content-Security-Policy": Object.entries(policy)
      .map(([directive, sources]) => [directive, ...sources].join(" "))
      .join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
  },
  mimeTypes: { ".webmanifest": "application/manifest+json", ".woff2": "font/woff2" },
};

await writeFile(join(options.site, "staticwebapp.config.json"), JSON.stringify(config, null, 2) + "\n");
