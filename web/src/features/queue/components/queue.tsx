"use client";

import { useMessages } from "@/shared/i18n/language-provider";
import { useTypes } from "@/shared/pokemon-filters/api/list-types";
import { NO_FILTERS } from "@/shared/pokemon-filters/no-filters";
import { useDeletions } from "@/shared/reports/deletion/deletion-provider";
import { useDeleteReports } from "@/shared/reports/deletion/use-delete-reports";
import { isOpen } from "@/shared/reports/report";
import { QueryError } from "@/shared/ui/query-error";
import { Skeleton } from "@/shared/ui/skeleton";
import { useReports } from "../api/list-reports";
import { useFilters } from "../use-filters";
import { useSelection } from "../use-selection";
import { EmptyQueue } from "./empty-queue";
import { QueueFilters } from "./queue-filters";
import { ReportList } from "./report-list";
import { SelectionBar } from "./selection-bar";
import styles from "./queue.module.css";

/** The reports, newest first, with filters and bulk deletion. */
export function Queue() {
  const { queue } = useMessages();
  const [filters, setFilters] = useFilters();
  const query = useReports(filters);
  const types = useTypes(NO_FILTERS);
  const [selectedIds, select] = useSelection();
  const { hiddenIds } = useDeletions();
  const { deleteReports, deleteDialog } = useDeleteReports((ids) => {
    select(ids, false);
  });

  const listed = query.data?.pages.flatMap((page) => page.reports);
  const reports = listed?.filter(({ id }) => !hiddenIds.has(id));
  const selected = reports?.filter((report) => selectedIds.has(report.id)) ?? [];
  const openCount = reports?.filter(isOpen).length ?? 0;

  return (
    <section aria-labelledby="queue-title" className={styles.queue}>
      <div className={styles.head}>
        <h2 className={styles.title} id="queue-title">
          {queue.title}
          <span className={styles.inProgress} role="status">
            {openCount > 0 && queue.inProgress(openCount)}
          </span>
        </h2>
        <QueueFilters
          filters={filters}
          types={types.data?.map((type) => type.name) ?? []}
          onChange={setFilters}
        />
      </div>
      {!reports &&
        (query.isError || query.isPaused ? (
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton blocks={3} className={styles.skeleton} label={queue.loading} />
        ))}
      {reports?.length === 0 && <EmptyQueue filters={filters} onClearFilters={setFilters} />}
      {reports && reports.length > 0 && (
        <ReportList
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          reports={reports}
          selectedIds={selectedIds}
          onDelete={(report) => {
            deleteReports([report]);
          }}
          onLoadMore={() => void query.fetchNextPage()}
          onSelect={select}
        />
      )}
      {selected.length > 0 && (
        <SelectionBar
          count={selected.length}
          onClear={() => {
            select([...selectedIds], false);
          }}
          onDelete={() => {
            deleteReports(selected);
          }}
        />
      )}
      {deleteDialog}
    </section>
  );
}
