"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Report } from "@/shared/api/names";
import { UnreachableError } from "@/shared/api/problem";
import { useTrouble } from "@/shared/api/use-trouble";
import { useFormats, useMessages } from "@/shared/i18n/messages";
import { useToast } from "@/shared/ui/toasts";
import { cancelReport } from "./api/cancel-report";
import { deleteReport } from "./api/delete-report";
import { csvAddress, fetchCsv, sha256 } from "./api/fetch-csv";
import { retryReport } from "./api/retry-report";
import { dropReports, putReport, reportKeys } from "./cache";
import { reportAddress, selectionOf } from "./report";
import { saveFile } from "./save-file";

/** How many deletions are under way at once. */
const DELETIONS_AT_ONCE = 4;

/** What can be done with reports. Each tells how it went once the server has answered, and never throws. */
export function useReportActions() {
  const client = useQueryClient();
  const { actions, report: words } = useMessages();
  const formats = useFormats();
  const trouble = useTrouble();
  const tell = useToast();

  const nameOf = (report: Report) => words.name(selectionOf(report));
  const tellFault = (text: string, fault: unknown) => {
    const { message, detail } = trouble(fault);
    tell({ kind: "bad", text: `${text} ${message}`, detail });
  };

  return {
    download: async (report: Report): Promise<void> => {
      try {
        const { bytes, fileName } = await fetchCsv(report.id);
        if ((await sha256(bytes)) !== report.result?.sha256) {
          tell({ kind: "bad", text: actions.wrongChecksum(fileName) });
          return;
        }
        saveFile(bytes, fileName, "text/csv");
        tell({ kind: "good", text: actions.downloaded(fileName, formats.bytes(bytes.byteLength)) });
      } catch (fault) {
        if (fault instanceof UnreachableError && navigator.onLine && fault.cause instanceof TypeError) {
          // The storage may not allow this site to read; a navigation needs no such permission.
          window.location.assign(csvAddress(report.id));
          tell({ kind: "good", text: actions.handedOver });
          return;
        }
        tellFault(actions.notDownloaded, fault);
      }
    },

    cancel: async (report: Report): Promise<void> => {
      try {
        const now = await cancelReport(report.id);
        await putReport(client, now);
        const say = now.status === "canceled" ? actions.canceled : actions.canceling;
        tell({ kind: "good", text: say(nameOf(report)) });
      } catch (fault) {
        tellFault(actions.notCanceled(nameOf(report)), fault);
        void client.invalidateQueries({ queryKey: reportKeys.all });
      }
    },

    again: async (report: Report): Promise<Report | null> => {
      try {
        const made = await retryReport(report.id);
        await putReport(client, made);
        const link = { href: reportAddress(made.id), text: actions.showReport };
        tell({ kind: "good", text: actions.again(nameOf(report)), link });
        return made;
      } catch (fault) {
        tellFault(actions.notAgain(nameOf(report)), fault);
        void client.invalidateQueries({ queryKey: reportKeys.all });
        return null;
      }
    },

    /** Returns the ids of those that are gone. */
    remove: async (reports: readonly Report[]): Promise<string[]> => {
      const waiting = [...reports];
      const gone: string[] = [];
      const faults: unknown[] = [];
      const work = async () => {
        for (let report = waiting.shift(); report; report = waiting.shift()) {
          try {
            await deleteReport(report.id);
            gone.push(report.id);
          } catch (fault) {
            faults.push(fault);
          }
        }
      };
      await Promise.all(Array.from({ length: DELETIONS_AT_ONCE }, work));
      await dropReports(client, gone);
      if (faults.length === 0) {
        tell({ kind: "good", text: actions.deleted(gone.length) });
      } else if (gone.length === 0) {
        tellFault(actions.deletedNone(faults.length), faults[0]);
      } else {
        tellFault(actions.deletedSome(gone.length, faults.length), faults[0]);
      }
      return gone;
    },
  };
}
