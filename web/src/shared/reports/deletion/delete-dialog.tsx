import type { Report, ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isOpen, selectionOf } from "@/shared/reports/report";
import { StatusBadge } from "@/shared/reports/status-badge";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import styles from "./delete-dialog.module.css";

interface DeleteDialogProps {
  reports: readonly (Report | ReportSummary)[];
  onCancel: () => void;
  onConfirm: () => void;
}

const MAX_NAMES = 100;

/** Names the reports that are about to be deleted. */
export default function DeleteDialog({ reports, onCancel, onConfirm }: DeleteDialogProps) {
  const { actions, report: messages } = useMessages();
  const running = reports.filter(isOpen).length;
  const hiddenCount = reports.length - MAX_NAMES;
  return (
    <ConfirmDialog
      busy={false}
      cancel={actions.keep}
      confirm={actions.confirm(reports.length)}
      title={actions.confirmTitle(reports.length)}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      <ul className={styles.names} tabIndex={reports.length > 5 ? 0 : undefined}>
        {reports.slice(0, MAX_NAMES).map((report) => (
          <li key={report.id} className={styles.name}>
            {report.name ?? messages.name(selectionOf(report))}
            {isOpen(report) && <StatusBadge status={report.status} />}
          </li>
        ))}
        {hiddenCount > 0 && <li>{messages.moreFailures(hiddenCount)}</li>}
      </ul>
      {running > 0 && <p>{actions.confirmRunning(running, reports.length)}</p>}
      <p>{actions.confirmHelp(reports.length)}</p>
    </ConfirmDialog>
  );
}
