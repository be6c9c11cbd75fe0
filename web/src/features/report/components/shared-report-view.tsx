"use client";

import { Link } from "@/shared/i18n/link";
import { useSearchParams } from "next/navigation";
import type { Report } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { isNotFound } from "@/shared/reports/api/get-report";
import { buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { QueryError } from "@/shared/ui/query-error";
import { StatePanel } from "@/shared/ui/state-panel";
import { useSharedReport } from "../api/get-shared-report";
import { DownloadButton } from "./download-button";
import { ReportContent } from "./report-content";
import { ReportPlaceholder, UntitledPage } from "./report-placeholder";
import styles from "./report-view.module.css";

/** The page of the link whose token is in the URL: a report of somebody else, to read and download. */
export function SharedReportView() {
  const token = useSearchParams().get("token");
  return (
    <div className={styles.view}>{token ? <SharedReport key={token} token={token} /> : <DeadLink />}</div>
  );
}

function SharedReport({ token }: { token: string }) {
  const query = useSharedReport(token);
  if (isNotFound(query.error)) {
    return <DeadLink />;
  }
  if (query.data) {
    return (
      <>
        <SharedNote report={query.data} />
        <ReportContent actions={<DownloadButton report={query.data} />} report={query.data} />
      </>
    );
  }
  return query.isError || query.isPaused ? (
    <UntitledPage>
      <QueryError error={query.error} level={1} onRetry={() => void query.refetch()} />
    </UntitledPage>
  ) : (
    <ReportPlaceholder />
  );
}

function SharedNote({ report }: { report: Report }) {
  const { share } = useMessages();
  const { dateTime } = useFormats();
  return (
    <div className={`${styles.note} no-print`}>
      <Icon name="share" />
      <p>
        <strong>{share.sharedReport}</strong> {share.sharedHelp(dateTime(report.expires_at))}
      </p>
      <Link href="/">{share.createYourOwn}</Link>
    </div>
  );
}

/** Says the same for every link that shows nothing, so that it tells nothing about reports. */
function DeadLink() {
  const { share } = useMessages();
  return (
    <UntitledPage>
      <StatePanel help={share.deadLinkHelp} level={1} title={share.deadLink} tone="empty">
        <Link className={buttonClass("plain")} href="/">
          {share.createYourOwn}
        </Link>
      </StatePanel>
    </UntitledPage>
  );
}
