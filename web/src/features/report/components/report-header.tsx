import type { ReactNode } from "react";
import type { Report } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { StatusBadge } from "@/shared/reports/status-badge";
import { Icon } from "@/shared/ui/icon";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./report-header.module.css";

interface ReportHeaderProps {
  name: string;
  report: Report;
  actions: ReactNode;
}

/** A report's name, status and actions. */
export function ReportHeader({ name, report, actions }: ReportHeaderProps) {
  const { report: messages, share } = useMessages();
  const { bytes, dateTime } = useFormats();
  const { result, links } = report;
  return (
    <header className={`${styles.header} ${typeColors(report.request.type)}`}>
      <div className={styles.badges}>
        <StatusBadge status={report.status} />
        {links.shared && (
          <span className={styles.shared}>
            <Icon name="share" size={14} />
            {share.shared}
          </span>
        )}
      </div>
      <h1 className={styles.title}>{name}</h1>
      {result && (
        <p className={styles.summary}>
          {[messages.rows(result.rows), bytes(result.bytes), dateTime(report.created_at)].join(" · ")}
        </p>
      )}
      <div className={`${styles.actions} no-print`}>{actions}</div>
    </header>
  );
}
