import type { ReportRequest } from "@/shared/api/types";

export type CommandKind = "curl" | "poke";

/** A command for a POSIX shell that creates the report. `site` is the site's origin. */
export function commandOf(kind: CommandKind, request: ReportRequest, site: string): string {
  return kind === "curl" ? curlCommand(request, site) : pokeCommand(request, site);
}

function curlCommand(request: ReportRequest, site: string): string {
  return [
    `curl ${quoted(`${site}/api/reports`)}`,
    `  --header ${quoted("Content-Type: application/json")}`,
    `  --data ${quoted(JSON.stringify(request))}`,
  ].join(" \\\n");
}

/** With the options in docs/poke.md. */
function pokeCommand(request: ReportRequest, site: string): string {
  const { type, generation, include_forms, sample_size, seed, columns, name } = request;
  const values: [string, string | number | null | undefined][] = [
    ["--url", site],
    ["--type", type],
    ["--generation", generation],
    ["--sample", sample_size],
    ["--seed", seed],
    ["--columns", columns?.join(",")],
    ["--name", name],
  ];
  const options = values.flatMap(([option, value]) =>
    value === null || value === undefined ? [] : [`${option} ${quoted(String(value))}`],
  );
  return ["poke report", ...options, ...(include_forms === false ? ["--no-forms"] : [])].join(" ");
}

/** One argument. Quotes are left out where no character has a meaning for the shell. */
function quoted(argument: string): string {
  return /^[\w.,:/@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
