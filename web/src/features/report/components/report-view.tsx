"use client";

import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useMemo, useState, type ReactNode } from "react";
import type { Report } from "@/shared/api/names";
import { useFormats, useMessages } from "@/shared/i18n/messages";
import { DeleteDialog } from "@/shared/reports/delete-dialog";
import { isOpen, isPublished, reportAddress, selectionOf } from "@/shared/reports/report";
import { ReportProgress } from "@/shared/reports/report-progress";
import { StatusBadge } from "@/shared/reports/status-badge";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { Button, buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { QueryTrouble } from "@/shared/ui/query-trouble";
import { Skeleton } from "@/shared/ui/skeleton";
import { StatePanel } from "@/shared/ui/state-panel";
import { typeColors } from "@/shared/ui/type-colors";
import { isGone, useReport } from "../api/get-report";
import { useTable } from "../api/get-table";
import { spreadsOf, typeCounts } from "../statistics";
import { Facts } from "./facts";
import { Failures } from "./failures";
import { ReportTable } from "./report-table";
import { StatisticsChart } from "./statistics-chart";
import { TypesChart } from "./types-chart";
import styles from "./report-view.module.css";

/** The page of the report that the address names. */
export function ReportView() {
  const { report: words } = useMessages();
  const id = useSearchParams().get("id");
  return (
    <div className={styles.view}>
      <Link className={styles.back} href="/">
        <Icon name="back" />
        {words.back}
      </Link>
      {id ? (
        <Loaded key={id} id={id} />
      ) : (
        <Untitled>
          <StatePanel help={words.noIdHelp} level={1} mood="empty" title={words.noId} />
        </Untitled>
      )}
    </div>
  );
}

/** What is shown before the address is known. */
export function ReportPlaceholder() {
  const { report: words } = useMessages();
  return (
    <Untitled>
      <Skeleton blocks={2} className={styles.skeleton} label={words.loading} />
    </Untitled>
  );
}

/** A page without a report to name it. */
function Untitled({ children }: { children: ReactNode }) {
  const { app } = useMessages();
  return (
    <>
      <title>{app.name}</title>
      {children}
    </>
  );
}

function Loaded({ id }: { id: string }) {
  const { report: words } = useMessages();
  const query = useReport(id);
  if (isGone(query.error)) {
    return (
      <Untitled>
        <StatePanel help={words.goneHelp} level={1} mood="empty" title={words.gone}>
          <Link className={buttonClass("plain")} href="/">
            {words.back}
          </Link>
        </StatePanel>
      </Untitled>
    );
  }
  if (query.data) {
    return <Whole report={query.data} />;
  }
  return query.isError || query.isPaused ? (
    <Untitled>
      <QueryTrouble fault={query.error} level={1} onTryAgain={() => void query.refetch()} />
    </Untitled>
  ) : (
    <ReportPlaceholder />
  );
}

function Whole({ report }: { report: Report }) {
  const { report: words, app } = useMessages();
  const name = words.name(selectionOf(report));
  const { progress, request } = report;
  const fewer = request.sample_size !== null && isPublished(report) && progress.total < request.sample_size;
  return (
    <>
      <title>{`${name} · ${app.name}`}</title>
      <Header name={name} report={report} />
      {isOpen(report) && (
        <section aria-labelledby="runs-title" className={`${styles.panel} ${styles.waiting}`}>
          <h2 className={styles.heading} id="runs-title">
            {report.status === "canceling" ? words.canceling : words.runs}
          </h2>
          <ReportProgress report={report} />
          <p>{words.runsHelp}</p>
        </section>
      )}
      {report.status === "canceled" && (
        <StatePanel help={words.canceledHelp} level={2} mood="empty" title={words.canceled} />
      )}
      {report.error && (
        <section aria-labelledby="fault-title" className={styles.fault}>
          <h2 className={styles.heading} id="fault-title">
            {words.failed}
          </h2>
          <p lang="en">{report.error.detail}</p>
        </section>
      )}
      {isPublished(report) && progress.total === 0 && <p className={styles.note}>{words.noRows}</p>}
      {fewer && progress.total > 0 && (
        <p className={styles.note}>{words.fewer(request.sample_size ?? 0, progress.total)}</p>
      )}
      {report.failure_count > 0 && <Failures report={report} />}
      {isPublished(report) && <Contents name={name} report={report} />}
      <div className={styles.panel}>
        <Facts report={report} />
      </div>
    </>
  );
}

function Header({ name, report }: { name: string; report: Report }) {
  const { report: words } = useMessages();
  const { bytes, dateTime } = useFormats();
  const { result } = report;
  const router = useRouter();
  const { download, cancel, again } = useReportActions();
  const [isDeleting, setDeleting] = useState(false);

  const makeAgain = async () => {
    const made = await again(report);
    if (made) {
      router.push(reportAddress(made.id));
    }
  };
  return (
    <header className={`${styles.header} ${typeColors(report.request.type)}`}>
      <div className={styles.badges}>
        <StatusBadge status={report.status} />
      </div>
      <h1 className={styles.title}>{name}</h1>
      {result && (
        <p className={styles.summary}>
          {[words.rows(result.rows), bytes(result.bytes), dateTime(report.created_at)].join(" · ")}
        </p>
      )}
      <div className={styles.actions}>
        {report.links.download && (
          <Button icon="download" look="primary" onClick={() => void download(report)}>
            {words.download}
          </Button>
        )}
        {report.links.cancel && (
          <Button icon="cancel" onClick={() => void cancel(report)}>
            {words.cancel}
          </Button>
        )}
        {report.links.retry && (
          <Button icon="again" onClick={() => void makeAgain()}>
            {words.again}
          </Button>
        )}
        <Button
          icon="delete"
          look="danger"
          onClick={() => {
            setDeleting(true);
          }}
        >
          {words.delete}
        </Button>
      </div>
      {isDeleting && (
        <DeleteDialog
          reports={[report]}
          onClose={(gone) => {
            setDeleting(false);
            if (gone.length > 0) {
              router.push("/");
            }
          }}
        />
      )}
    </header>
  );
}

function Contents({ name, report }: { name: string; report: Report }) {
  const { report: words } = useMessages();
  const query = useTable(report);
  const table = query.data;
  const spreads = useMemo(() => table && spreadsOf(table), [table]);
  const types = useMemo(() => table && typeCounts(table), [table]);
  if (report.result?.rows === 0) {
    return null;
  }
  if (!table || !spreads || !types) {
    return query.isError ? (
      <StatePanel help={words.tableAwayHelp} level={2} mood="trouble" title={words.tableAway}>
        <Button icon="again" onClick={() => void query.refetch()}>
          {words.tableAgain}
        </Button>
      </StatePanel>
    ) : (
      <Skeleton blocks={2} className={styles.skeleton} label={words.tableLoading} />
    );
  }
  return (
    <>
      {(spreads.spreads.length > 0 || types.length > 0) && (
        <div className={styles.charts}>
          {spreads.spreads.length > 0 && (
            <div className={styles.panel}>
              <StatisticsChart spreads={spreads} />
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
