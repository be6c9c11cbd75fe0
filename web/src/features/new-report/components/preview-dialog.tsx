import type { ReportRequest } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "@/shared/ui/button";
import { ModalDialog } from "@/shared/ui/modal-dialog";
import { Skeleton } from "@/shared/ui/skeleton";
import { usePreview } from "../api/preview-report";
import { PreviewTable } from "./preview-table";
import { SubmissionError } from "./submission-error";
import styles from "./dialogs.module.css";

interface PreviewDialogProps {
  request: ReportRequest;
  onUseSeed: (seed: number) => void;
  onClose: () => void;
}

/** The first rows of the report that the form would create. */
export default function PreviewDialog({ request, onUseSeed, onClose }: PreviewDialogProps) {
  const { form, errors } = useMessages();
  const { data: preview, error, isFetching, refetch } = usePreview(request);
  const drawnSeed = request.sample_size !== null && request.seed === null ? preview?.request.seed : undefined;
  return (
    <ModalDialog size="wide" title={form.preview} onClose={onClose}>
      {preview && (
        <>
          <p className={styles.help} role="status">
            {form.previewRows(preview.rows.length, preview.total)}
          </p>
          <PreviewTable preview={preview} />
        </>
      )}
      {drawnSeed !== undefined && (
        <div className={styles.seed}>
          <p className={styles.help}>{form.randomSeed(drawnSeed)}</p>
          <Button
            onClick={() => {
              onUseSeed(drawnSeed);
            }}
          >
            {form.useSeed}
          </Button>
        </div>
      )}
      {!preview && isFetching && (
        <Skeleton blocks={1} className={styles.skeleton} label={form.previewLoading} />
      )}
      {error && !isFetching && (
        <>
          <SubmissionError error={error} hasFieldErrors={false} />
          <div>
            <Button icon="retry" onClick={() => void refetch()}>
              {errors.tryAgain}
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
