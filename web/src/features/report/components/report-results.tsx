import { useMemo } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { Skeleton } from "@/shared/ui/skeleton";
import { StatePanel } from "@/shared/ui/state-panel";
import { useTable } from "../api/get-table";
import { distributionsOf, typeCounts } from "../statistics";
import { ReportTable } from "./report-table";
import { StatisticsChart } from "./statistics-chart";
import { TypesChart } from "./types-chart";
import styles from "./report-content.module.css";

/** The charts and the table of a published report. */
export function ReportResults({ name, report }: { name: string; report: Report }) {
  const { report: messages, errors } = useMessages();
  const query = useTable(report);
  const table = query.data;
  const distributions = useMemo(() => table && distributionsOf(table), [table]);
  const types = useMemo(() => table && typeCounts(table), [table]);
  if (report.result?.rows === 0) {
    return null;
  }
  if (!table || !distributions || !types) {
    return query.isError ? (
      <StatePanel
        help={messages.tableUnavailableHelp}
        level={2}
        title={messages.tableUnavailable}
        tone="error"
      >
        <Button icon="retry" onClick={() => void query.refetch()}>
          {errors.tryAgain}
        </Button>
      </StatePanel>
    ) : (
      <Skeleton blocks={2} className={styles.skeleton} label={messages.tableLoading} />
    );
  }
  const hasDistributions = distributions.distributions.length > 0;
  return (
    <>
      {(hasDistributions || types.length > 0) && (
        <div className={styles.charts}>
          {hasDistributions && (
            <div className={styles.panel}>
              <StatisticsChart distributions={distributions} />
            </div>
          )}
          {types.length > 0 && (
            <div className={styles.panel}>
              <TypesChart counts={types} />
            </div>
          )}
        </div>
      )}
      <ReportTable name={name} table={table} />
    </>
  );
}
