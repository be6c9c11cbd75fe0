import { useState } from "react";
import type { Report } from "@/shared/api/names";
import { useMessages } from "@/shared/i18n/messages";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { isOpen } from "./report";
import { useReportActions } from "./use-report-actions";

interface DeleteDialogProps {
  reports: readonly Report[];
  /** With the ids of those that are gone; none where it was thought better of. */
  onClose: (gone: string[]) => void;
}

export function DeleteDialog({ reports, onClose }: DeleteDialogProps) {
  const { actions } = useMessages();
  const { remove } = useReportActions();
  const [busy, setBusy] = useState(false);
  const running = reports.filter(isOpen).length;

  const confirm = async () => {
    setBusy(true);
    onClose(await remove(reports));
  };
  return (
    <ConfirmDialog
      busy={busy}
      cancel={actions.keep}
      confirm={busy ? actions.deleting : actions.confirm(reports.length)}
      title={actions.confirmTitle(reports.length)}
      onCancel={() => {
        onClose([]);
      }}
      onConfirm={() => void confirm()}
    >
      <p>{actions.confirmHelp}</p>
      {running > 0 && <p>{actions.confirmRunning(running)}</p>}
    </ConfirmDialog>
  );
}
