import { useQueries } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { useDeletions } from "@/shared/reports/deletion/deletion-provider";
import { isOpen, selectionOf } from "@/shared/reports/report";
import { reportKeys } from "@/shared/reports/report-cache";
import { useIsHidden } from "@/shared/ui/use-is-hidden";
import { useProgressText } from "@/shared/reports/use-progress-text";
import { FollowedReport } from "./followed-report";
import type { Followed } from "./following-provider";
import { currentPermission, subscribeToPermission } from "./system-notifications";
import { TabTitle } from "./tab-title";
import { useOpenReports } from "./use-open-reports";

interface ReportFollowerProps {
  followed: readonly Followed[];
  followQuietly: (id: string, isShown: boolean) => void;
  unfollow: (id: string) => void;
}

/** Follows reports to their end: in toasts, in the title of the tab, and in notifications. */
export default function ReportFollower({ followed, followQuietly, unfollow }: ReportFollowerProps) {
  const { hiddenIds } = useDeletions();
  const mayNotify = useSyncExternalStore(subscribeToPermission, currentPermission) === "granted";
  const isHidden = useIsHidden();
  const visible = followed.filter(({ id }) => !hiddenIds.has(id));

  // Without requests of its own: the latest state that actions and pages have received.
  const details = useQueries({
    queries: visible.map(({ id }) => ({ queryKey: reportKeys.detail(id), enabled: false })),
    combine: (results) => results.map(({ data }) => data as Report | undefined),
  });
  const isRunning = (index: number) => details[index] !== undefined && isOpen(details[index]);
  const openIds = visible.filter((_, index) => isRunning(index)).map(({ id }) => id);
  // A page keeps its own report up to date while the user sees it.
  const isAsked = visible.some(({ isShown }, index) => isRunning(index) && (isHidden || !isShown));
  const open = useOpenReports({
    isEnabled: isAsked,
    inBackground: mayNotify,
    openIds,
    onGone: unfollow,
  });

  const reports = visible.map(({ id }, index) =>
    latest(
      details[index],
      open.find((report) => report.id === id),
    ),
  );
  const shown = reports.find((_, index) => visible[index]?.isShown);
  const running = [shown, ...reports.toReversed()].find((report) => report && isOpen(report));
  return (
    <>
      {running && <ProgressTitle report={running} />}
      {visible.map((item, index) => {
        const report = reports[index];
        return (
          report && (
            <FollowedReport
              key={item.id}
              hasToast={item.hasToast}
              report={report}
              onDismiss={() => {
                followQuietly(item.id, false);
              }}
              onEnd={() => {
                unfollow(item.id);
              }}
            />
          )
        );
      })}
    </>
  );
}

/** The later of two states of a report. The list has the position in line, which changes without an update. */
function latest(detail: Report | undefined, listed: ReportSummary | undefined) {
  return detail && (!listed || !isOpen(detail) || detail.updated_at > listed.updated_at) ? detail : listed;
}

function ProgressTitle({ report }: { report: Report | ReportSummary }) {
  const { report: messages } = useMessages();
  const { percent } = useFormats();
  const text = useProgressText(report);
  const { done, total } = report.progress;
  const name = report.name ?? messages.name(selectionOf(report));
  return <TabTitle text={`${total > 0 ? percent(done / total) : text} · ${name}`} />;
}
