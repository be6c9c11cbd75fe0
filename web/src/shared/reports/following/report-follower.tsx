import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
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

const LIST_KEY = [...reportKeys.all, "list"];
const UPDATES_KEY = [...reportKeys.all, "updates"];

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

  const isListPolled = useIsListPolled();
  const { data: list } = useQuery<{ reports: readonly ReportSummary[] }>({
    queryKey: LIST_KEY,
    enabled: false,
  });
  const listed = list?.reports ?? [];
  // Without requests of its own: the latest state that actions and pages have received.
  const details = useQueries({
    queries: visible.map(({ id }) => ({ queryKey: reportKeys.detail(id), enabled: false })),
    combine: (results) => results.map(({ data }) => data as Report | undefined),
  });
  const isRunning = (index: number) => details[index] !== undefined && isOpen(details[index]);
  const openIds = visible.filter((_, index) => isRunning(index)).map(({ id }) => id);
  // While the user sees the page, it keeps its own report or its list up to date.
  const isAsked = ({ isShown }: Followed) => (isHidden ? mayNotify : !isShown && !isListPolled);
  const open = useOpenReports({
    isEnabled: visible.some((item, index) => isRunning(index) && isAsked(item)),
    openIds,
    onGone: unfollow,
  });

  const reports = visible.map(({ id }, index) =>
    latest(
      details[index],
      [...listed, ...open].filter((report) => report.id === id),
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

/** The latest state of a report. A list has the position in line, which changes without an update. */
function latest(detail: Report | undefined, listed: readonly ReportSummary[]) {
  return listed.reduce<Report | ReportSummary | undefined>(
    (known, other) => (known && (!isOpen(known) || known.updated_at > other.updated_at) ? known : other),
    detail,
  );
}

/** Whether another part of the page asks for the open reports of the list. */
function useIsListPolled(): boolean {
  const cache = useQueryClient().getQueryCache();
  return useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => cache.find({ queryKey: UPDATES_KEY })?.isActive() ?? false,
  );
}

function ProgressTitle({ report }: { report: Report | ReportSummary }) {
  const { report: messages } = useMessages();
  const { percent } = useFormats();
  const text = useProgressText(report);
  const { done, total } = report.progress;
  const name = report.name ?? messages.name(selectionOf(report));
  return <TabTitle text={`${total > 0 ? percent(done / total) : text} · ${name}`} />;
}
