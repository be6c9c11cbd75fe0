"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { isNotFound, useReport } from "@/shared/reports/api/get-report";
import { buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { QueryError } from "@/shared/ui/query-error";
import { Skeleton } from "@/shared/ui/skeleton";
import { StatePanel } from "@/shared/ui/state-panel";
import { ReportContent } from "./report-content";
import styles from "./report-view.module.css";

/** The page of the report whose id is in the URL. */
export function ReportView() {
  const { report: messages } = useMessages();
  const id = useSearchParams().get("id");
  return (
    <div className={styles.view}>
      <Link className={`${styles.back} no-print`} href="/">
        <Icon name="back" />
        {messages.back}
      </Link>
      {id ? (
        <ReportById key={id} id={id} />
      ) : (
        <UntitledPage>
          <StatePanel help={messages.noIdHelp} level={1} title={messages.noId} tone="empty" />
        </UntitledPage>
      )}
    </div>
  );
}

/** Shown before the URL is known, and while the report is loading. */
export function ReportPlaceholder() {
  const { report: messages } = useMessages();
  return (
    <UntitledPage>
      <Skeleton blocks={2} className={styles.skeleton} label={messages.loading} />
    </UntitledPage>
  );
}

/** A page without a report whose name could be its title. */
function UntitledPage({ children }: { children: ReactNode }) {
  const { app } = useMessages();
  return (
    <>
      <title>{app.name}</title>
      {children}
    </>
  );
}

function ReportById({ id }: { id: string }) {
  const { report: messages } = useMessages();
  const query = useReport(id);
  if (isNotFound(query.error)) {
    return (
      <UntitledPage>
        <StatePanel help={messages.notFoundHelp} level={1} title={messages.notFound} tone="empty">
          <Link className={buttonClass("plain")} href="/">
            {messages.back}
          </Link>
        </StatePanel>
      </UntitledPage>
    );
  }
  if (query.data) {
    return <ReportContent report={query.data} />;
  }
  return query.isError || query.isPaused ? (
    <UntitledPage>
      <QueryError error={query.error} level={1} onRetry={() => void query.refetch()} />
    </UntitledPage>
  ) : (
    <ReportPlaceholder />
  );
}
