import { useState } from "react";
import type { ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { saveFile } from "@/shared/reports/save-file";
import { useToast } from "@/shared/ui/toasts";
import { ChecksumError, zipCsvs } from "./zip-csvs";

interface Progress {
  done: number;
  total: number;
}

interface ZipDownload {
  /** Null unless a download is running. */
  progress: Progress | null;
  download: (reports: readonly ReportSummary[]) => Promise<void>;
}

/** Downloads the CSVs of several reports as one ZIP file. Shows the outcome in a toast and never throws. */
export function useZipDownload(): ZipDownload {
  const { queue } = useMessages();
  const { bytes } = useFormats();
  const errorMessage = useErrorMessage();
  const showToast = useToast();
  const [progress, setProgress] = useState<Progress | null>(null);

  const showError = (text: string, error: unknown) => {
    const { message, detail } =
      error instanceof ChecksumError
        ? { message: queue.damaged(error.fileName), detail: undefined }
        : errorMessage(error);
    showToast({ kind: "error", text: `${text} ${message}`, detail });
  };

  const download = async (reports: readonly ReportSummary[]) => {
    const total = reports.length;
    setProgress({ done: 0, total });
    try {
      const { zip, errors } = await zipCsvs(reports, (done) => {
        setProgress({ done, total });
      });
      const saved = total - errors.length;
      if (saved === 0) {
        throw errors[0];
      }
      saveFile(zip, queue.zipName, "application/zip");
      if (errors.length === 0) {
        showToast({ kind: "success", text: queue.downloaded(queue.zipName, saved, bytes(zip.byteLength)) });
      } else {
        showError(queue.partlyDownloaded(queue.zipName, saved, errors.length), errors[0]);
      }
    } catch (error) {
      showError(queue.notDownloaded, error);
    } finally {
      setProgress(null);
    }
  };
  return { progress, download };
}
