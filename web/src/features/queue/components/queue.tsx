"use client";

import { lazy, useMemo } from "react";
import type { ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { useDeletions } from "@/shared/reports/deletion/deletion-provider";
import { useDeleteReports } from "@/shared/reports/deletion/use-delete-reports";
import { isOpen, selectionOf } from "@/shared/reports/report";
import { LazyPart } from "@/shared/ui/lazy-part";
import { QueryError } from "@/shared/ui/query-error";
import { Skeleton } from "@/shared/ui/skeleton";
import { useReports } from "../api/list-reports";
import { useReportUpdates } from "../api/use-report-updates";
import { EVERYTHING, filterReports, isFiltered, writeView } from "../list-view";
import { useFocusAfterRemoval } from "../use-focus-after-removal";
import { useListPlace } from "../use-list-place";
import { useListView } from "../use-list-view";
import { useSelection } from "../use-selection";
import { EmptyQueue } from "./empty-queue";
import { ListToolbar } from "./list-toolbar";
import { ReportList } from "./report-list";
import styles from "./queue.module.css";

const SelectionBar = lazy(() => import("./selection-bar"));

const NO_REPORTS: readonly ReportSummary[] = [];
const HEADING_ID = "queue-title";

/** The reports, newest first, with a search, filters and actions on several of them. */
export function Queue() {
  const { queue } = useMessages();
  const [view, changeView] = useListView();
  const query = useReports();
  const { reports: listed = NO_REPORTS, isComplete } = query.data ?? {};
  useReportUpdates(query.data);
  const { hiddenIds } = useDeletions();
  const reports = useMemo(() => listed.filter(({ id }) => !hiddenIds.has(id)), [listed, hiddenIds]);
  const textOf = useSearchText();
  const matching = useMemo(() => filterReports(reports, view, textOf), [reports, view, textOf]);
  const viewQuery = writeView(new URLSearchParams(), view).toString();
  const [count, showMore] = useListPlace(viewQuery, isComplete === true);
  const shown = useMemo(() => matching.slice(0, count), [matching, count]);
  const focusHandlers = useFocusAfterRemoval(
    shown.map(({ id }) => id),
    HEADING_ID,
  );
  const [selectedIds, select] = useSelection();
  const { deleteReports, deleteDialog } = useDeleteReports((ids) => {
    select(ids, false);
  });

  const selected = matching.filter(({ id }) => selectedIds.has(id));
  const openCount = reports.filter(isOpen).length;

  return (
    <section aria-labelledby={HEADING_ID} className={styles.queue} {...focusHandlers}>
      <div className={styles.head}>
        <h2 className={styles.title} id={HEADING_ID} tabIndex={-1}>
          {queue.title}
          {isComplete && reports.length > 0 && (
            <span className={styles.total}> {queue.count(matching.length, reports.length)}</span>
          )}
        </h2>
        <p className={styles.inProgress} role="status">
          {openCount > 0 && queue.inProgress(openCount)}
        </p>
      </div>
      {(reports.length > 0 || isFiltered(view)) && (
        <ListToolbar reports={reports} view={view} onChange={changeView} />
      )}
      {!query.data &&
        (query.isError || query.isPaused ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton blocks={3} className={styles.skeleton} label={queue.loading} />
        ))}
      {query.data && matching.length === 0 && (
        <EmptyQueue
          isFiltered={reports.length > 0}
          onClearFilters={() => {
            changeView(EVERYTHING);
          }}
        />
      )}
      {matching.length > 0 && (
        <ReportList
          isComplete={isComplete === true}
          isFiltered={isFiltered(view)}
          matching={matching}
          selectedIds={selectedIds}
          shown={shown}
          viewQuery={viewQuery}
          onDelete={(report) => {
            deleteReports([report]);
          }}
          onSelect={select}
          onShowMore={showMore}
        />
      )}
      {selected.length > 0 && (
        <LazyPart>
          <SelectionBar
            selected={selected}
            onClear={() => {
              select([...selectedIds], false);
            }}
            onDelete={() => {
              deleteReports(selected);
            }}
          />
        </LazyPart>
      )}
      {deleteDialog}
    </section>
  );
}

/** What the search finds a report by: the texts of its ticket, in the language of the page, and its numbers. */
function useSearchText(): (report: ReportSummary) => string {
  const { report: messages } = useMessages();
  const { number } = useFormats();
  return useMemo(
    () => (report) => {
      const { sample_size, seed, type, generation } = report.request;
      const { rows } = report.result ?? {};
      return [
        report.name,
        messages.name(selectionOf(report)),
        sample_size !== null && seed,
        type,
        generation,
        rows !== undefined && `${String(rows)} ${number(rows)}`,
      ].join(" ");
    },
    [messages, number],
  );
}
