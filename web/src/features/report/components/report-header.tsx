import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Report } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { comparePath } from "@/shared/reports/compare-path";
import { DeleteDialog } from "@/shared/reports/delete-dialog";
import { reportPath } from "@/shared/reports/report";
import { StatusBadge } from "@/shared/reports/status-badge";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { Button, buttonClass } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./report-header.module.css";

/** A report's name, status and actions. */
export function ReportHeader({ name, report }: { name: string; report: Report }) {
  const { report: messages, compare } = useMessages();
  const { bytes, dateTime } = useFormats();
  const router = useRouter();
  const { download, cancel, retry } = useReportActions();
  const [isDeleting, setDeleting] = useState(false);
  const { result, links } = report;

  const retryAndOpen = async () => {
    const created = await retry(report);
    if (created) {
      router.push(reportPath(created.id));
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
          {[messages.rows(result.rows), bytes(result.bytes), dateTime(report.created_at)].join(" · ")}
        </p>
      )}
      <div className={`${styles.actions} no-print`}>
        {links.download && (
          <Button icon="download" variant="primary" onClick={() => void download(report)}>
            {messages.download}
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
            setDeleting(true);
          }}
        >
          {messages.delete}
        </Button>
      </div>
      {isDeleting && (
        <DeleteDialog
          reports={[report]}
          onClose={(deletedIds) => {
            setDeleting(false);
            if (deletedIds.length > 0) {
              router.push("/");
            }
          }}
        />
      )}
    </header>
  );
}
