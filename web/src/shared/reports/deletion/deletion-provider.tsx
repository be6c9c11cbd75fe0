"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Report, ReportSummary } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { deleteReport } from "@/shared/reports/api/delete-report";
import { selectionOf } from "@/shared/reports/report";
import { removeReports, reportKeys } from "@/shared/reports/report-cache";
import { useToasts } from "@/shared/ui/toasts";
import { forget, hold, pendingIds, release, subscribeToOtherTabs, takeOver } from "./pending-deletions";

interface Deletions {
  /** Reports that are deleted for the user, although the API may still have them. */
  hiddenIds: ReadonlySet<string>;
  /** Hides reports at once, and deletes them unless the user undoes it. */
  remove: (reports: readonly (Report | ReportSummary)[]) => void;
}

const UNDO_DURATION = 10_000;
/** How often a page looks for deletions that another one has left, in milliseconds. */
const TAKE_OVER_INTERVAL = 30_000;
const MAX_PARALLEL_REQUESTS = 4;
/** Browsers let a page that is left finish about this many requests. The next page makes the others. */
const MAX_LAST_REQUESTS = 8;

const DeletionContext = createContext<Deletions>({ hiddenIds: new Set(), remove: () => undefined });

export function useDeletions(): Deletions {
  return use(DeletionContext);
}

export function DeletionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { following: messages, actions, report } = useMessages();
  const errorMessage = useErrorMessage();
  const { show, remove: removeToast } = useToasts();
  const [hiddenIds, setHiddenIds] = useState<ReadonlySet<string>>(new Set());
  /** The deletions that this page looks after, and the toast of each that can still be undone. */
  const own = useRef(new Map<string, string | null>());
  const completed = useRef(new Set<string>());
  const isLeft = useRef(false);

  const refresh = useCallback(() => {
    setHiddenIds(new Set([...completed.current, ...pendingIds()]));
  }, []);

  const settle = useCallback(
    (ids: readonly string[]) => {
      for (const id of ids) {
        own.current.delete(id);
      }
      forget(ids);
      refresh();
    },
    [refresh],
  );

  const showFailure = (deletedCount: number, errors: readonly unknown[]) => {
    const text =
      deletedCount === 0
        ? actions.notDeleted(errors.length)
        : actions.partlyDeleted(deletedCount, errors.length);
    const { message, detail } = errorMessage(errors[0]);
    show({ kind: "error", text: `${text} ${message}`, detail });
  };

  const complete = async (ids: readonly string[]) => {
    for (const id of ids) {
      own.current.set(id, null);
    }
    const waiting = [...ids];
    const errors: unknown[] = [];
    const deleteNext = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          await deleteReport(id);
          completed.current.add(id);
        } catch (error) {
          if (isLeft.current) {
            return;
          }
          errors.push(error);
        }
        settle([id]);
      }
    };
    await Promise.all(Array.from({ length: MAX_PARALLEL_REQUESTS }, deleteNext));
    await removeReports(
      client,
      ids.filter((id) => completed.current.has(id)),
    );
    if (errors.length > 0) {
      showFailure(ids.length - errors.length, errors);
      // A report that is kept may have changed since it was hidden.
      void client.invalidateQueries({ queryKey: reportKeys.all });
    }
  };

  const undo = (ids: readonly string[]) => {
    settle(ids);
    requestAnimationFrame(() => {
      focusReport(ids);
    });
  };

  const remove = (reports: readonly (Report | ReportSummary)[]) => {
    const ids = reports.map(({ id }) => id);
    const [only] = reports;
    const key = `deletion-${ids.join()}`;
    hold(ids);
    for (const id of ids) {
      own.current.set(id, key);
    }
    refresh();
    show({
      key,
      kind: "success",
      text: actions.deleted(ids.length),
      note: ids.length === 1 && only ? (only.name ?? report.name(selectionOf(only))) : undefined,
      duration: UNDO_DURATION,
      actions: [
        {
          text: messages.undo,
          onSelect: () => {
            undo(ids);
          },
        },
      ],
      onClose: () => void complete(ids),
    });
  };

  const leave = () => {
    isLeft.current = true;
    const ids = [...own.current.keys()];
    release(ids);
    for (const id of ids.slice(0, MAX_LAST_REQUESTS)) {
      void deleteReport(id).catch(() => undefined);
    }
    // Browsers may show the page again as it is now.
    for (const key of own.current.values()) {
      if (key !== null) {
        removeToast(key);
      }
    }
    own.current.clear();
  };

  const look = () => {
    isLeft.current = false;
    refresh();
    hold([...own.current.keys()]);
    const ids = takeOver();
    if (ids.length > 0) {
      void complete(ids);
    }
  };

  const handlers = useRef({ leave, look });
  useEffect(() => {
    handlers.current = { leave, look };
  });

  useEffect(() => {
    const leaveThis = () => {
      handlers.current.leave();
    };
    const lookAgain = () => {
      handlers.current.look();
    };
    lookAgain();
    const unsubscribe = subscribeToOtherTabs(() => {
      refresh();
      void client.invalidateQueries({ queryKey: reportKeys.all });
    });
    const timer = setInterval(lookAgain, TAKE_OVER_INTERVAL);
    window.addEventListener("pagehide", leaveThis);
    window.addEventListener("pageshow", lookAgain);
    return () => {
      unsubscribe();
      clearInterval(timer);
      window.removeEventListener("pagehide", leaveThis);
      window.removeEventListener("pageshow", lookAgain);
    };
  }, [client, refresh]);

  const latest = useRef(remove);
  useEffect(() => {
    latest.current = remove;
  });
  const value = useMemo(
    () => ({
      hiddenIds,
      remove: (reports: readonly (Report | ReportSummary)[]) => {
        latest.current(reports);
      },
    }),
    [hiddenIds],
  );
  return <DeletionContext value={value}>{children}</DeletionContext>;
}

/** Focuses the first of the reports that is on the page, where the user looks for what came back. */
function focusReport(ids: readonly string[]): void {
  const links = document.querySelectorAll<HTMLAnchorElement>("main a[href]");
  [...links].find(({ search }) => ids.includes(new URLSearchParams(search).get("id") ?? ""))?.focus();
}
