import { useQuery } from "@tanstack/react-query";
import type { Report } from "@/shared/api/types";
import { fetchCsv } from "@/shared/reports/api/fetch-csv";
import { reportKeys } from "@/shared/reports/report-cache";
import { readTable, type Table } from "./table";

export interface TableFile {
  table: Table;
  /** The name of the CSV file. */
  fileName: string;
}

/** The table in the report's CSV. A published CSV never changes, so it is fetched once. */
export function useTable(report: Report) {
  const { id, result } = report;
  return useQuery<TableFile>({
    queryKey: reportKeys.table(id, result?.sha256 ?? ""),
    queryFn: async ({ signal }) => {
      const { bytes, fileName } = await fetchCsv(report, signal);
      return { table: readTable(new TextDecoder().decode(bytes), result?.columns ?? []), fileName };
    },
    enabled: result !== null && result.rows > 0,
    staleTime: Infinity,
  });
}
