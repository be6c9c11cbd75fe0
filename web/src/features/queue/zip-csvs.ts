import { Zip, ZipDeflate } from "fflate";
import type { ReportSummary } from "@/shared/api/types";
import { fetchCsv, sha256 } from "@/shared/reports/api/fetch-csv";

const MAX_PARALLEL = 4;

/** A CSV did not arrive as the report says that it was made. */
export class ChecksumError extends Error {
  readonly fileName: string;

  constructor(fileName: string) {
    super(`${fileName} has a wrong checksum`);
    this.name = "ChecksumError";
    this.fileName = fileName;
  }
}

/** Returns the CSVs that could be fetched and match their checksums, and the errors of the others. */
export async function zipCsvs(
  reports: readonly ReportSummary[],
  onProgress: (done: number) => void,
): Promise<{ zip: ArrayBuffer; errors: unknown[] }> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) {
      throw error;
    }
    chunks.push(chunk);
  });
  const names = new Set<string>();
  const errors: unknown[] = [];
  const pending = [...reports];
  let done = 0;

  const addPending = async () => {
    for (let report = pending.shift(); report; report = pending.shift()) {
      try {
        const { bytes, fileName } = await fetchCsv(report);
        if ((await sha256(bytes)) !== report.result?.sha256) {
          throw new ChecksumError(fileName);
        }
        const file = new ZipDeflate(uniqueName(fileName, names), { level: 6 });
        file.mtime = report.finished_at ?? report.created_at;
        zip.add(file);
        file.push(new Uint8Array(bytes), true);
      } catch (error) {
        errors.push(error);
      }
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: MAX_PARALLEL }, addPending));
  zip.end();
  return { zip: await new Blob(chunks).arrayBuffer(), errors };
}

/** Adds the name to the names, with a number where it is taken: "a.csv", "a-2.csv". */
export function uniqueName(name: string, names: Set<string>): string {
  const [, stem = name, extension = ""] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  let unique = name;
  for (let number = 2; names.has(unique); number += 1) {
    unique = `${stem}-${String(number)}${extension}`;
  }
  names.add(unique);
  return unique;
}
