import type { ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { IconButton } from "@/shared/ui/button";
import styles from "./report-ticket.module.css";

interface TicketActionsProps {
  report: ReportSummary;
  /** The report's name, for the accessible names of the buttons. */
  name: string;
  onDelete: () => void;
}

/** The actions that the report's links and status allow. */
export function TicketActions({ report, name, onDelete }: TicketActionsProps) {
  const { report: messages } = useMessages();
  const { download, cancel, retry } = useReportActions();
  const { links } = report;
  const actions = [
    { icon: "download", title: messages.download, enabled: links.download, run: () => void download(report) },
    { icon: "cancel", title: messages.cancel, enabled: links.cancel, run: () => void cancel(report) },
    { icon: "retry", title: messages.retry, enabled: links.retry, run: () => void retry(report) },
    { icon: "delete", title: messages.delete, enabled: true, run: onDelete },
  ] as const;
  return (
    <div className={styles.actions}>
      {actions.map(
        ({ icon, title, enabled, run }) =>
          enabled && (
            <IconButton
              key={icon}
              icon={icon}
              label={messages.actionOn(title, name)}
              title={title}
              onClick={run}
            />
          ),
      )}
    </div>
  );
}
