import Link from "next/link";
import { useRouter } from "next/navigation";
import { lazy, useState } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { comparePath } from "@/shared/reports/compare-path";
import { DeleteDialog } from "@/shared/reports/delete-dialog";
import { isPublished, reportPath } from "@/shared/reports/report";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { Button, buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { LazyPart } from "@/shared/ui/lazy-part";
import { DownloadButton } from "./download-button";

const ShareDialog = lazy(() => import("./share-dialog"));

/** What the owner of a report can do with it. */
export function ReportActions({ report }: { report: Report }) {
  const { report: messages, compare, share } = useMessages();
  const router = useRouter();
  const { cancel, retry } = useReportActions();
  const [dialog, setDialog] = useState<"share" | "delete" | null>(null);
  const { links } = report;

  const retryAndOpen = async () => {
    const created = await retry(report);
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
            setDialog("share");
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
      {links.retry && (
        <Button icon="retry" onClick={() => void retryAndOpen()}>
          {messages.retry}
        </Button>
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
          setDialog("delete");
        }}
      >
        {messages.delete}
      </Button>
      {dialog === "share" && (
        <LazyPart>
          <ShareDialog
            report={report}
            onClose={() => {
              setDialog(null);
            }}
          />
        </LazyPart>
      )}
      {dialog === "delete" && (
        <DeleteDialog
          reports={[report]}
          onClose={(deletedIds) => {
            setDialog(null);
            if (deletedIds.length > 0) {
              router.push("/");
            }
          }}
        />
      )}
    </>
  );
}
