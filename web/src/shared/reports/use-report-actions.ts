"use client";

import { useQueryClient } from "@tanstack/react-query";
import { UnreachableError } from "@/shared/api/errors";
import type { Report, ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { useToast } from "@/shared/ui/toasts";
import { cancelReport } from "./api/cancel-report";
import { csvPath, fetchCsv, sha256 } from "./api/fetch-csv";
import { retryReport } from "./api/retry-report";
import { useFollowing } from "./following/following-provider";
import { selectionOf } from "./report";
import { putReport, reportKeys } from "./report-cache";
import { saveFile } from "./save-file";

/** The actions on reports. Each shows its outcome in a toast and never throws. */
export function useReportActions() {
  const client = useQueryClient();
  const { actions, report: messages } = useMessages();
  const formats = useFormats();
  const errorMessage = useErrorMessage();
  const showToast = useToast();
  const { follow, unfollow } = useFollowing();

  const nameOf = (report: Report | ReportSummary) => report.name ?? messages.name(selectionOf(report));
  const showError = (text: string, error: unknown) => {
    const { message, detail } = errorMessage(error);
    showToast({ kind: "error", text: `${text} ${message}`, detail });
  };

  return {
    download: async (report: Report | ReportSummary): Promise<void> => {
      try {
        const { bytes, fileName } = await fetchCsv(report);
        if ((await sha256(bytes)) !== report.result?.sha256) {
          showToast({ kind: "error", text: actions.wrongChecksum(fileName) });
          return;
        }
        saveFile(bytes, fileName, "text/csv");
        showToast({ kind: "success", text: actions.downloaded(fileName, formats.bytes(bytes.byteLength)) });
      } catch (error) {
        if (error instanceof UnreachableError && navigator.onLine && error.cause instanceof TypeError) {
          // The storage may not allow this site by CORS; a navigation needs no such permission.
          window.location.assign(csvPath(report));
          showToast({ kind: "success", text: actions.downloadedByBrowser });
          return;
        }
        showError(actions.notDownloaded, error);
      }
    },

    cancel: async (report: Report | ReportSummary): Promise<void> => {
      try {
        const updated = await cancelReport(report.id);
        await putReport(client, updated);
        unfollow(report.id);
        const format = updated.status === "canceled" ? actions.canceled : actions.canceling;
        showToast({ kind: "success", text: format(nameOf(report)) });
      } catch (error) {
        showError(actions.notCanceled(nameOf(report)), error);
        void client.invalidateQueries({ queryKey: reportKeys.all });
      }
    },

    /** Returns the new report, which a toast follows, or null if there is none. */
    retry: async (report: Report | ReportSummary, onlyMissing = false): Promise<Report | null> => {
      try {
        const created = await retryReport(report.id, onlyMissing);
        await putReport(client, created);
        follow(created);
        return created;
      } catch (error) {
        showError(actions.notRetried(nameOf(report)), error);
        void client.invalidateQueries({ queryKey: reportKeys.all });
        return null;
      }
    },
  };
}
