import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { pollInterval, RETRY_INTERVAL } from "@/shared/api/polling";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { openReportsQuery } from "@/shared/reports/api/open-reports";
import { useDeletions } from "@/shared/reports/deletion/deletion-provider";
import { isOpen, selectionOf } from "@/shared/reports/report";
import { reportKeys, type ReportList } from "@/shared/reports/report-cache";
import { useIsHidden } from "@/shared/ui/use-is-hidden";
import { useProgressText } from "@/shared/reports/use-progress-text";
import { FollowedReport } from "./followed-report";
import type { Followed } from "./following-provider";
import { currentPermission, subscribeToPermission } from "./system-notifications";
import { TabTitle } from "./tab-title";

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

  const isListShown = useIsListShown();
  const { data: list } = useQuery<ReportList>({ queryKey: reportKeys.list, enabled: false });
  const listed = list?.reports ?? [];
  // Without requests of its own: the latest state that actions and pages have received.
  const details = useQueries({
    queries: visible.map(({ id }) => ({ queryKey: reportKeys.detail(id), enabled: false })),
    combine: (results) => results.map(({ data }) => data as Report | undefined),
  });
  const isRunning = (index: number) => details[index] !== undefined && isOpen(details[index]);
  // While the user sees the page, it keeps its own report or its list up to date.
  const isAsked = ({ isShown }: Followed) => (isHidden ? mayNotify : !isShown && !isListShown);
  const asked = details.filter((_, index) => isRunning(index) && visible[index] && isAsked(visible[index]));
  const newest = Math.max(...asked.map((report) => Date.parse(report?.created_at ?? "")));
  const { data: open = [] } = useQuery({
    ...openReportsQuery,
    enabled: asked.length > 0,
    refetchInterval: ({ state }) => (state.error ? RETRY_INTERVAL : pollInterval(Date.now() - newest)),
    // Only those who want a notification ask for it in the background.
    refetchIntervalInBackground: true,
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

/** Whether the page shows the list, which asks for the open reports itself. */
function useIsListShown(): boolean {
  const cache = useQueryClient().getQueryCache();
  return useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => cache.find({ queryKey: reportKeys.list })?.isActive() ?? false,
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
