import { lazy, useState, type ReactNode } from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { isOpen } from "@/shared/reports/report";
import { LazyPart } from "@/shared/ui/lazy-part";
import { useDeletions } from "./deletion-provider";

type AnyReport = Report | ReportSummary;

interface DeleteReports {
  /** Deletes one report that has ended; several, or a running one, only after the user confirms it. */
  deleteReports: (reports: readonly AnyReport[]) => void;
  /** Goes anywhere on the page. */
  deleteDialog: ReactNode;
}

const DeleteDialog = lazy(() => import("./delete-dialog"));

/** Calls `onDelete` as soon as the reports are hidden. */
export function useDeleteReports(onDelete?: (ids: string[]) => void): DeleteReports {
  const { remove } = useDeletions();
  const [candidates, setCandidates] = useState<readonly AnyReport[]>([]);

  const confirm = (reports: readonly AnyReport[]) => {
    setCandidates([]);
    remove(reports);
    onDelete?.(reports.map(({ id }) => id));
  };
  return {
    deleteReports: (reports) => {
      if (reports.length > 1 || reports.some(isOpen)) {
        setCandidates(reports);
      } else {
        confirm(reports);
      }
    },
    deleteDialog: candidates.length > 0 && (
      <LazyPart>
        <DeleteDialog
          reports={candidates}
          onCancel={() => {
            setCandidates([]);
          }}
          onConfirm={() => {
            confirm(candidates);
          }}
        />
      </LazyPart>
    ),
  };
}
