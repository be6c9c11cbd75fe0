// Writes the types of the HTTP API, from the OpenAPI document that the app generates from its models.
// With --check it writes nothing, and fails if the committed types are out of date.

import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const repository = new URL("../../", import.meta.url);
const target = new URL("../src/shared/api/schema.ts", import.meta.url);
const ownPython = new URL(".venv/bin/python", repository);
const python = process.env.PYTHON ?? (existsSync(ownPython) ? ownPython.pathname : "python3.13");

const print = "import json; from triggers.openapi import document; print(json.dumps(document()))";
const document = execFileSync(python, ["-c", print], { cwd: repository, encoding: "utf8" });
const types =
  "// Generated from the app's OpenAPI document by `npm run api-types`; do not edit.\n\n" +
  astToString(await openapiTS(document, { enumValues: true, defaultNonNullable: false }));

if (!process.argv.includes("--check")) {
  await writeFile(target, types);
} else if ((await readFile(target, "utf8")) !== types) {
  console.error("src/shared/api/schema.ts is out of date. Run `npm run api-types`.");
  process.exit(1);
}
