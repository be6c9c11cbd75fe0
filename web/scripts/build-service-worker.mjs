// Writes service-worker.js into an exported site, with a list of the site's files and a version that changes with
// any of them. `npm run build` runs it.
//
//   node scripts/build-service-worker.mjs [--site out]

import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { site: { type: "string", default: "out" } } });

// The pages, the parts that the router loads for them, and all scripts, styles and fonts.
const INCLUDED = ["**/index.html", "**/*.txt", "_next/static/**/*.*"];
const EXCLUDED = /^(404|_not-found)\//;

const paths = (await Array.fromAsync(glob(INCLUDED, { cwd: options.site })))
  .filter((path) => !EXCLUDED.test(path))
  .sort();
const source = await readFile(new URL("service-worker.js", import.meta.url), "utf8");
const hash = createHash("sha256").update(source);
for (const path of paths) {
  hash.update(path).update(await readFile(join(options.site, path)));
}
const version = hash.digest("hex").slice(0, 16);
const files = paths.map((path) => `/${path.replace(/(^|\/)index\.html$/, "$1")}`);

await writeFile(
  join(options.site, "service-worker.js"),
  `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(files)};\n${source}`,
);
