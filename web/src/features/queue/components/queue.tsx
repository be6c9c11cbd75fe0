"use client";

import { useState } from "react";
import type { Report } from "@/shared/api/names";
import { useTypes } from "@/shared/catalogue/api/list-types";
import { EVERYONE } from "@/shared/catalogue/everyone";
import { useMessages } from "@/shared/i18n/messages";
import { DeleteDialog } from "@/shared/reports/delete-dialog";
import { isOpen } from "@/shared/reports/report";
import { Button } from "@/shared/ui/button";
import { QueryTrouble } from "@/shared/ui/query-trouble";
import { Skeleton } from "@/shared/ui/skeleton";
import { StatePanel } from "@/shared/ui/state-panel";
import { useNow } from "@/shared/ui/use-now";
import { useReports } from "../api/list-reports";
import { useFilters } from "../use-filters";
import { QueueFilters } from "./queue-filters";
import { ReportTicket } from "./report-ticket";
import { SelectionBar } from "./selection-bar";
import styles from "./queue.module.css";

/** The reports there are, newest first. */
export function Queue() {
  const { queue } = useMessages();
  const [filters, setFilters] = useFilters();
  const query = useReports(filters);
  const types = useTypes(EVERYONE);
  const now = useNow();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<readonly Report[]>([]);

  const reports = query.data?.pages.flatMap((page) => page.reports) ?? [];
  const chosen = reports.filter((report) => selected.has(report.id));
  const open = reports.filter(isOpen).length;

  const select = (ids: readonly string[], isSelected: boolean) => {
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (isSelected) {
          after.add(id);
        } else {
          after.delete(id);
        }
      }
      return after;
    });
  };

  return (
    <section aria-labelledby="queue-title" className={styles.queue}>
      <div className={styles.head}>
        <h2 className={styles.title} id="queue-title">
          {queue.title}
          <span className={styles.live} role="status">
            {open > 0 && queue.live(open)}
          </span>
        </h2>
        <QueueFilters
          filters={filters}
          types={types.data?.map((type) => type.name) ?? []}
          onChange={setFilters}
        />
      </div>
      {content()}
      {chosen.length > 0 && (
        <SelectionBar
          count={chosen.length}
          onClear={() => {
            setSelected(new Set());
          }}
          onDelete={() => {
            setDeleting(chosen);
          }}
        />
      )}
      {deleting.length > 0 && (
        <DeleteDialog
          reports={deleting}
          onClose={(gone) => {
            setDeleting([]);
            select(gone, false);
          }}
        />
      )}
    </section>
  );

  function content() {
    if (!query.data) {
      return query.isError || query.isPaused ? (
        <QueryTrouble fault={query.error} onTryAgain={() => void query.refetch()} />
      ) : (
        <Skeleton blocks={3} className={styles.skeleton} label={queue.loading} />
      );
    }
    if (reports.length === 0) {
      return filters.status || filters.type ? (
        <StatePanel help={queue.noneMatchesHelp} mood="empty" title={queue.noneMatches}>
          <Button
            onClick={() => {
              setFilters({ status: null, type: null });
            }}
          >
            {queue.clearFilters}
          </Button>
        </StatePanel>
      ) : (
        <StatePanel help={queue.emptyHelp} mood="empty" title={queue.empty} />
      );
    }
    return (
      <>
        <label className={styles.all}>
          <input
            checked={chosen.length === reports.length}
            type="checkbox"
            onChange={(event) => {
              select(
                reports.map((report) => report.id),
                event.target.checked,
              );
            }}
          />
          {queue.selectAll}
        </label>
        <ol className={styles.tickets}>
          {reports.map((report) => (
            <ReportTicket
              key={report.id}
              now={now}
              report={report}
              selected={selected.has(report.id)}
              onDelete={() => {
                setDeleting([report]);
              }}
              onSelect={(isSelected) => {
                select([report.id], isSelected);
              }}
            />
          ))}
        </ol>
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {query.isFetchingNextPage ? queue.loadingMore : queue.more}
            </Button>
          </div>
        )}
      </>
    );
  }
}
