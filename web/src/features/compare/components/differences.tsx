import type { Column, Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import type { Table } from "@/shared/report-table/table";
import { useColumnTitle } from "@/shared/report-table/use-column-title";
import { StatePanel } from "@/shared/ui/state-panel";
import type { TableComparison } from "../compare-tables";
import { ChangedCells } from "./changed-cells";
import { PokemonList } from "./pokemon-list";
import styles from "./comparison.module.css";

interface DifferencesProps {
  comparison: TableComparison;
  /** Of reports A and B. */
  reports: readonly [Report, Report];
  tables: readonly [Table, Table];
}

/** What differs between two reports. */
export function Differences({ comparison, reports, tables }: DifferencesProps) {
  const { compare: messages } = useMessages();
  const columnTitle = useColumnTitle();
  const { onlyInA, onlyInB, inBoth, changed, changedRows, columnsOnlyInA, columnsOnlyInB } = comparison;
  const titles = (columns: readonly Column[]) => columns.map(columnTitle).join(", ");
  const sides = [
    { side: messages.a, report: reports[0], table: tables[0], rows: onlyInA, columns: columnsOnlyInA },
    { side: messages.b, report: reports[1], table: tables[1], rows: onlyInB, columns: columnsOnlyInB },
  ];
  const notes = [
    ...sides.flatMap(({ side, report }) =>
      report.failure_count > 0 ? [messages.partial(side, report.failure_count)] : [],
    ),
    ...sides.flatMap(({ side, columns }) =>
      columns.length > 0 ? [messages.columnsOnlyIn(side, titles(columns))] : [],
    ),
  ];
  const hasDifferences = onlyInA.length + onlyInB.length + changed.length > 0;
  return (
    <>
      {hasDifferences ? (
        <p className={styles.summary} role="status">
          {messages.summary(inBoth, changed.length, changedRows)}
        </p>
      ) : (
        <StatePanel help={messages.sameHelp(inBoth)} level={2} title={messages.same} tone="empty" />
      )}
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className={styles.sides}>
        {sides.map(
          ({ side, table, rows }) =>
            rows.length > 0 && (
              <PokemonList key={side} rows={rows} table={table} title={messages.onlyIn(side, rows.length)} />
            ),
        )}
      </div>
      {changed.length > 0 && <ChangedCells changed={changed} tables={tables} />}
    </>
  );
}
