import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isOpen, isPublished, reportPath, selectionOf } from "@/shared/reports/report";
import { useProgressText } from "@/shared/reports/use-progress-text";
import { useReportActions } from "@/shared/reports/use-report-actions";
import { useToasts, type Toast, type ToastAction } from "@/shared/ui/toasts";
import { toastKey } from "./following-provider";
import { askForPermission, currentPermission, notify, subscribeToPermission } from "./system-notifications";

interface FollowedReportProps {
  report: Report | ReportSummary;
  hasToast: boolean;
  onDismiss: () => void;
  onEnd: () => void;
}

/** In milliseconds. A report that ends sooner needs no notification. */
const OFFER_AFTER = 3_000;
/** How long the toast of a report that has its CSV stays, in milliseconds. */
const READY_DURATION = 15_000;

/** One report, in its toast until it ends, and in an announcement and a notification then. */
export function FollowedReport({ report, hasToast, onDismiss, onEnd }: FollowedReportProps) {
  const { show, remove, announce } = useToasts();
  const title = useTitle(report);
  const isRunning = isOpen(report);
  const wasRunning = useRef(isRunning);
  const handlers = useRef({ onDismiss, onEnd });
  const toast = useReportToast(report, title, onEnd);
  const key = toastKey(report.id);
  const path = reportPath(report.id);

  useEffect(() => {
    handlers.current = { onDismiss, onEnd };
  });

  useEffect(() => {
    if (wasRunning.current && !isRunning) {
      wasRunning.current = false;
      if (!hasToast) {
        announce(title);
      }
      notify(title, path);
    }
  }, [isRunning, hasToast, title, path, announce]);

  useEffect(() => {
    if (hasToast) {
      show({
        ...toast,
        onClose: () => {
          const { onDismiss: dismiss, onEnd: end } = handlers.current;
          (isRunning ? dismiss : end)();
        },
      });
    } else {
      remove(key);
      if (!isRunning) {
        handlers.current.onEnd();
      }
    }
    // The toast is new in every rendering, so this compares what it shows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hasToast, isRunning, JSON.stringify(toast), key, show, remove]);

  useEffect(
    () => () => {
      remove(key);
    },
    [key, remove],
  );
  return null;
}

function useTitle(report: Report | ReportSummary): string {
  const { following, report: messages } = useMessages();
  return following[report.status](report.name ?? messages.name(selectionOf(report)));
}

function useReportToast(report: Report | ReportSummary, title: string, onEnd: () => void): Toast {
  const { following, actions, report: messages } = useMessages();
  const { download } = useReportActions();
  const progressText = useProgressText(report);
  const canOffer = useDelay(OFFER_AFTER);
  const permission = useSyncExternalStore(subscribeToPermission, currentPermission);
  const { progress, status, error, failure_count } = report;
  const isRunning = isOpen(report);

  const links: ToastAction[] = [{ text: actions.open, href: reportPath(report.id) }];
  if (isPublished(report)) {
    links.push({
      text: messages.download,
      onSelect: () => {
        onEnd();
        void download(report);
      },
    });
  }
  if (isRunning && canOffer && permission === "default") {
    links.push({ text: following.notifyMe, keepsToast: true, onSelect: () => void askForPermission() });
  }
  return {
    key: toastKey(report.id),
    kind: isRunning ? "info" : status === "failed" ? "error" : "success",
    text: title,
    note: isRunning ? progressText : failure_count > 0 ? messages.failures(failure_count) : undefined,
    detail: error?.detail,
    progress: isRunning && progress.total > 0 ? progress.done / progress.total : undefined,
    actions: links,
    duration: isRunning || status === "failed" ? null : READY_DURATION,
  };
}

function useDelay(milliseconds: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setOver(true);
    }, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [milliseconds]);
  return isOver;
}
