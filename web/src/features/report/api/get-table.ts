import { useQuery } from "@tanstack/react-query";
import type { Report } from "@/shared/api/types";
import { fetchCsv } from "@/shared/reports/api/fetch-csv";
import { reportKeys } from "@/shared/reports/report-cache";
import { readTable } from "../table";

/** The table in the report's CSV. A published CSV never changes, so it is fetched once. */
export function useTable({ id, result }: Report) {
  return useQuery({
    queryKey: reportKeys.table(id, result?.sha256 ?? ""),
    queryFn: async ({ signal }) => {
      const { bytes } = await fetchCsv(id, signal);
      return readTable(new TextDecoder().decode(bytes), result?.columns ?? []);
    },
    enabled: result !== null && result.rows > 0,
    staleTime: Infinity,
  });
}
