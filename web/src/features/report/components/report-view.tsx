"use client";

import { useSearchParams } from "next/navigation";
import { useMessages } from "@/shared/i18n/language-provider";
import { isNotFound, useReport } from "@/shared/reports/api/get-report";
import { useDeletions } from "@/shared/reports/deletion/deletion-provider";
import { ListLink } from "@/shared/reports/list-link";
import { buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { QueryError } from "@/shared/ui/query-error";
import { StatePanel } from "@/shared/ui/state-panel";
import { ReportActions } from "./report-actions";
import { ReportContent } from "./report-content";
import { ReportPlaceholder, UntitledPage } from "./report-placeholder";
import styles from "./report-view.module.css";

/** The page of the report whose id is in the URL. */
export function ReportView() {
  const { report: messages } = useMessages();
  const id = useSearchParams().get("id");
  return (
    <div className={styles.view}>
      <ListLink className={`${styles.back} no-print`}>
        <Icon name="back" />
        {messages.back}
      </ListLink>
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

function ReportById({ id }: { id: string }) {
  const { report: messages } = useMessages();
  const { hiddenIds } = useDeletions();
  const query = useReport(id);
  if (isNotFound(query.error) || hiddenIds.has(id)) {
    return (
      <UntitledPage>
        <StatePanel help={messages.notFoundHelp} level={1} title={messages.notFound} tone="empty">
          <ListLink className={buttonClass("plain")}>{messages.back}</ListLink>
        </StatePanel>
      </UntitledPage>
    );
  }
  if (query.data) {
    return <ReportContent actions={<ReportActions report={query.data} />} report={query.data} />;
  }
  return query.isError || query.isPaused ? (
    <UntitledPage>
      <QueryError error={query.error} level={1} onRetry={() => void query.refetch()} />
    </UntitledPage>
  ) : (
    <ReportPlaceholder />
  );
}
