import { Link, useRouter } from "@/shared/i18n/link";
import { lazy, useState } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { comparePath } from "@/shared/reports/compare-path";
import { useDeleteReports } from "@/shared/reports/deletion/use-delete-reports";
import { editPath } from "@/shared/reports/edit-path";
import { isPublished, reportPath } from "@/shared/reports/report";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { Button, buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { LazyPart } from "@/shared/ui/lazy-part";
import { DownloadButton } from "./download-button";

const ShareDialog = lazy(() => import("./share-dialog"));

/** What the owner of a report can do with it. */
export function ReportActions({ report }: { report: Report }) {
  const { report: messages, compare, following, share } = useMessages();
  const router = useRouter();
  const { cancel, retry } = useReportActions();
  const { deleteReports, deleteDialog } = useDeleteReports(() => {
    router.push("/");
  });
  const [isSharing, setSharing] = useState(false);
  const { links } = report;

  const retryAndOpen = async (onlyMissing: boolean) => {
    const created = await retry(report, onlyMissing);
    if (created) {
      router.push(reportPath(created.id));
    }
  };
  return (
    <>
      {links.download && <DownloadButton report={report} />}
      {isPublished(report) && (
        <Button
          icon="share"
          onClick={() => {
            setSharing(true);
          }}
        >
          {share.action}
        </Button>
      )}
      {links.cancel && (
        <Button icon="cancel" onClick={() => void cancel(report)}>
          {messages.cancel}
        </Button>
      )}
      {report.status === "partial" && (
        <Button icon="retry" onClick={() => void retryAndOpen(true)}>
          {following.retryMissing}
        </Button>
      )}
      {links.retry && (
        <Button icon="retry" onClick={() => void retryAndOpen(false)}>
          {messages.retry}
        </Button>
      )}
      {links.retry && (
        <Link className={buttonClass("plain")} href={editPath(report.id)} prefetch={false}>
          <Icon name="edit" />
          {following.editAndRun}
        </Link>
      )}
      {links.download && links.retry && (
        <Link className={buttonClass("plain")} href={comparePath(report.id)} prefetch={false}>
          <Icon name="compare" />
          {compare.action}
        </Link>
      )}
      <Button
        icon="delete"
        variant="danger"
        onClick={() => {
          deleteReports([report]);
        }}
      >
        {messages.delete}
      </Button>
      {isSharing && (
        <LazyPart>
          <ShareDialog
            report={report}
            onClose={() => {
              setSharing(false);
            }}
          />
        </LazyPart>
      )}
      {deleteDialog}
    </>
  );
}
