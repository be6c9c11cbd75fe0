import type { Report } from "@/shared/api/types";

/** A succeeded report as the API returns it, with the given changes. */
export function buildReport(changes: Partial<Report> = {}): Report {
  const id = changes.id ?? "e5df488ba50-05402d32cc039b2e";
  return {
    id,
    name: null,
    status: "succeeded",
    request: {
      type: "electric",
      generation: null,
      include_forms: true,
      sample_size: 2,
      seed: 7,
      columns: ["id", "name"],
    },
    created_at: "2026-11-24T02:51:35.727Z",
    started_at: "2026-11-24T02:51:35.727Z",
    finished_at: "2026-11-24T02:51:36.127Z",
    updated_at: "2026-11-24T02:51:36.127Z",
    expires_at: "2026-12-24T02:51:35.727Z",
    progress: { total: 2, done: 2, failed: 0 },
    queue_position: null,
    estimated_seconds_left: null,
    result: { rows: 2, bytes: 1234, sha256: "0".repeat(64), columns: [{ name: "id", type: "integer" }] },
    failures: [],
    failure_count: 0,
    warnings: [],
    error: null,
    retry_of: null,
    links: {
      self: `/api/reports/${id}`,
      download: `/api/reports/${id}/download`,
      cancel: null,
      retry: `/api/reports/${id}/retry`,
      shared: null,
    },
    ...changes,
  };
}
