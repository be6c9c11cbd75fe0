import { useState } from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { isOpen } from "./report";
import { useReportActions } from "./use-report-actions";

interface DeleteDialogProps {
  reports: readonly (Report | ReportSummary)[];
  /** Called with the ids of the deleted reports; empty if the user kept them. */
  onClose: (deletedIds: string[]) => void;
}

export function DeleteDialog({ reports, onClose }: DeleteDialogProps) {
  const { actions } = useMessages();
  const { remove } = useReportActions();
  const [isDeleting, setDeleting] = useState(false);
  const running = reports.filter(isOpen).length;

  const confirm = async () => {
    setDeleting(true);
    onClose(await remove(reports));
  };
  return (
    <ConfirmDialog
      busy={isDeleting}
      cancel={actions.keep}
      confirm={isDeleting ? actions.deleting : actions.confirm(reports.length)}
      title={actions.confirmTitle(reports.length)}
      onCancel={() => {
        onClose([]);
      }}
      onConfirm={() => void confirm()}
    >
      <p>{actions.confirmHelp(reports.length)}</p>
      {running > 0 && <p>{actions.confirmRunning(running, reports.length)}</p>}
    </ConfirmDialog>
  );
}
