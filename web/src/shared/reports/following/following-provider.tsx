"use client";

import {
  createContext,
  lazy,
  Suspense,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isOpen, reportPath, selectionOf } from "@/shared/reports/report";
import { ErrorBoundary } from "@/shared/ui/error-boundary";
import { useToasts } from "@/shared/ui/toasts";

const ReportFollower = lazy(() => import("./report-follower"));

export interface Followed {
  id: string;
  /** Whether a toast follows it: one does until the user dismisses it or opens the report. */
  hasToast: boolean;
  /** Whether it is the page's own report, which the page keeps up to date. */
  isShown: boolean;
}

interface Following {
  /** Follows a report that this tab has created. */
  follow: (report: Report) => void;
  unfollow: (id: string) => void;
  /** Follows a report without a toast; `isShown` as long as its page is open. */
  followQuietly: (id: string, isShown: boolean) => void;
}

const noop = () => undefined;
const FollowingContext = createContext<Following>({ follow: noop, unfollow: noop, followQuietly: noop });

export function useFollowing(): Following {
  return use(FollowingContext);
}

/** Follows a report while its page is open, and afterwards until it ends. */
export function useShownReport(report: Report | ReportSummary): void {
  const { followQuietly, unfollow } = useFollowing();
  const { id } = report;
  const isRunning = isOpen(report);
  useEffect(() => {
    if (!isRunning) {
      return;
    }
    followQuietly(id, true);
    return () => {
      followQuietly(id, false);
    };
  }, [id, isRunning, followQuietly]);
  useEffect(() => {
    if (!isRunning) {
      // Opened after its end: a toast would offer to open it.
      unfollow(id);
    }
    // Only when it is opened: the follower itself has to notice the end of a report.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, unfollow]);
}

/** Keeps the user informed about the reports of this tab on every page, until they end. */
export function FollowingProvider({ children }: { children: ReactNode }) {
  const [followed, setFollowed] = useState<readonly Followed[]>([]);
  const { following, actions, report: messages } = useMessages();
  const { show } = useToasts();

  const put = useCallback((changed: Followed) => {
    setFollowed((current) => [...current.filter(({ id }) => id !== changed.id), changed]);
  }, []);

  const unfollow = useCallback((id: string) => {
    setFollowed((current) => current.filter((other) => other.id !== id));
  }, []);

  const followQuietly = useCallback(
    (id: string, isShown: boolean) => {
      put({ id, hasToast: false, isShown });
    },
    [put],
  );

  const follow = useCallback(
    (report: Report) => {
      // The follower takes this toast over as soon as its code is loaded.
      show({
        key: toastKey(report.id),
        kind: "info",
        text: following.queued(report.name ?? messages.name(selectionOf(report))),
        actions: [{ text: actions.open, href: reportPath(report.id) }],
      });
      put({ id: report.id, hasToast: true, isShown: false });
    },
    [following, messages, actions, show, put],
  );

  const value = useMemo(() => ({ follow, unfollow, followQuietly }), [follow, unfollow, followQuietly]);
  return (
    <FollowingContext value={value}>
      {children}
      {followed.length > 0 && (
        <ErrorBoundary fallback={null}>
          <Suspense>
            <ReportFollower followed={followed} followQuietly={followQuietly} unfollow={unfollow} />
          </Suspense>
        </ErrorBoundary>
      )}
    </FollowingContext>
  );
}

export function toastKey(id: string): string {
  return `report-${id}`;
}
