import { useMemo } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { usePokemonNames } from "@/shared/pokemon-names/use-pokemon-names";
import { useTable, type TableFile } from "@/shared/report-table/get-table";
import { Button } from "@/shared/ui/button";
import { ErrorBoundary } from "@/shared/ui/error-boundary";
import { StatePanel } from "@/shared/ui/state-panel";
import { filterCount } from "../row-filters";
import { distributionsOf, typeCounts } from "../statistics";
import { useTableRows } from "../use-table-rows";
import { useTableView } from "../use-table-view";
import { ChartHint } from "./chart-hint";
import { ReportTable } from "./report-table";
import { ResultsPlaceholder } from "./results-placeholder";
import { StatisticsChart } from "./statistics-chart";
import { TypesChart } from "./types-chart";
import styles from "./report-content.module.css";

/** The charts and the table of a published report. */
export default function ReportResults({ name, report }: { name: string; report: Report }) {
  const { report: messages, errors } = useMessages();
  const query = useTable(report);
  const { isLoading } = usePokemonNames();
  if (report.result?.rows === 0) {
    return null;
  }
  if (query.data && !isLoading) {
    return <LoadedResults file={query.data} name={name} />;
  }
  return query.isError ? (
    <StatePanel help={messages.tableUnavailableHelp} level={2} title={messages.tableUnavailable} tone="error">
      <Button icon="retry" onClick={() => void query.refetch()}>
        {errors.tryAgain}
      </Button>
    </StatePanel>
  ) : (
    <ResultsPlaceholder />
  );
}

function LoadedResults({ name, file: { table, fileName } }: { name: string; file: TableFile }) {
  const [view, changeView] = useTableView(table);
  const distributions = useMemo(() => distributionsOf(table), [table]);
  const types = useMemo(() => typeCounts(table), [table]);
  const rows = useTableRows(table, view);
  const hint = <ChartHint count={filterCount(view.filters) > 0 ? rows.length : null} />;
  const hasDistributions = distributions.distributions.length > 0;
  return (
    <>
      {(hasDistributions || types.length > 0) && (
        <div className={styles.charts}>
          {hasDistributions && (
            <div className={styles.panel}>
              <ErrorBoundary>
                <StatisticsChart distributions={distributions} filters={view.filters} onChange={changeView}>
                  {hint}
                </StatisticsChart>
              </ErrorBoundary>
            </div>
          )}
          {types.length > 0 && (
            <div className={styles.panel}>
              <ErrorBoundary>
                <TypesChart counts={types} filters={view.filters} onChange={changeView}>
                  {hint}
                </TypesChart>
              </ErrorBoundary>
            </div>
          )}
        </div>
      )}
      <ErrorBoundary>
        <ReportTable
          fileName={fileName}
          name={name}
          rows={rows}
          table={table}
          view={view}
          onChange={changeView}
        />
      </ErrorBoundary>
    </>
  );
}
