import { useQuery } from "@tanstack/react-query";
import type { Report } from "@/shared/api/names";
import { fetchCsv } from "@/shared/reports/api/fetch-csv";
import { reportKeys } from "@/shared/reports/cache";
import { readTable } from "../table";

/** The table in the report's CSV; a published CSV never changes. */
export function useTable({ id, result }: Report) {
  return useQuery({
    queryKey: reportKeys.rows(id, result?.sha256 ?? ""),
    queryFn: async ({ signal }) => {
      const { bytes } = await fetchCsv(id, signal);
      return readTable(new TextDecoder().decode(bytes), result?.columns ?? []);
    },
    enabled: result !== null && result.rows > 0,
    staleTime: Infinity,
  });
}
