import { useMemo } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { usePokemonNames } from "@/shared/pokemon-names/use-pokemon-names";
import { useTable } from "@/shared/report-table/get-table";
import type { Table } from "@/shared/report-table/table";
import { isNotFound, useReport } from "@/shared/reports/api/get-report";
import { isPublished } from "@/shared/reports/report";
import { Button } from "@/shared/ui/button";
import { QueryError } from "@/shared/ui/query-error";
import { Skeleton } from "@/shared/ui/skeleton";
import { StatePanel } from "@/shared/ui/state-panel";
import { compareTables } from "../compare-tables";
import { Differences } from "./differences";
import styles from "./comparison.module.css";

/** Loads two reports by their ids and compares them, or says why it cannot. */
export function Comparison({ a, b }: { a: string; b: string }) {
  const { compare: messages } = useMessages();
  const sides = [
    { side: messages.a, query: useReport(a) },
    { side: messages.b, query: useReport(b) },
  ];
  for (const { side, query } of sides) {
    if (isNotFound(query.error)) {
      return (
        <StatePanel help={messages.notFoundHelp} level={2} title={messages.notFound(side)} tone="error" />
      );
    }
    if (query.isError && !query.data) {
      return <QueryError error={query.error} level={2} onRetry={() => void query.refetch()} />;
    }
    if (query.data && !isPublished(query.data)) {
      return (
        <StatePanel
          help={messages.notPublishedHelp}
          level={2}
          title={messages.notPublished(side)}
          tone="empty"
        />
      );
    }
  }
  const [reportA, reportB] = sides.map(({ query }) => query.data);
  return reportA && reportB ? <ComparedReports a={reportA} b={reportB} /> : <Loading />;
}

function Loading() {
  const { compare: messages } = useMessages();
  return <Skeleton blocks={2} className={styles.skeleton} label={messages.loading} />;
}

function ComparedReports({ a, b }: { a: Report; b: Report }) {
  const { compare: messages, errors, report: reportMessages } = useMessages();
  const { isLoading } = usePokemonNames();
  const sides = [
    { side: messages.a, report: a, query: useTable(a) },
    { side: messages.b, report: b, query: useTable(b) },
  ];
  const failed = sides.find(({ query }) => query.isError);
  if (failed) {
    return (
      <StatePanel
        help={reportMessages.tableUnavailableHelp}
        level={2}
        title={messages.tableUnavailable(failed.side)}
        tone="error"
      >
        <Button icon="retry" onClick={() => void failed.query.refetch()}>
          {errors.tryAgain}
        </Button>
      </StatePanel>
    );
  }
  const [tableA, tableB] = sides.map(({ report, query }) => query.data?.table ?? emptyTableOf(report));
  return tableA && tableB && !isLoading ? (
    <ComparedTables reports={[a, b]} tables={[tableA, tableB]} />
  ) : (
    <Loading />
  );
}

interface ComparedTablesProps {
  /** Of reports A and B. */
  reports: readonly [Report, Report];
  tables: readonly [Table, Table];
}

function ComparedTables({ reports, tables }: ComparedTablesProps) {
  const { compare: messages } = useMessages();
  const [tableA, tableB] = tables;
  const comparison = useMemo(() => compareTables(tableA, tableB), [tableA, tableB]);
  return comparison ? (
    <Differences comparison={comparison} reports={reports} tables={tables} />
  ) : (
    <StatePanel help={messages.notComparableHelp} level={2} title={messages.notComparable} tone="empty" />
  );
}

/** The table of a report without rows, whose CSV need not be fetched. */
function emptyTableOf({ result }: Report): Table | undefined {
  return result?.rows === 0 ? { columns: result.columns, rows: [] } : undefined;
}
