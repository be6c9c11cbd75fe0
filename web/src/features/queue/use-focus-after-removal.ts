import { useLayoutEffect, useRef, type FocusEvent } from "react";

interface FocusHandlers {
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
}

/**
 * Keeps the focus in the list when the focused element disappears, such as with a deleted report: it goes to
 * the next ticket, or to the list's heading if there is none. `ids` are the shown reports in their order.
 */
export function useFocusAfterRemoval(ids: readonly string[], headingId: string): FocusHandlers {
  const focused = useRef<Element | null>(null);
  const reportId = useRef<string | null>(null);
  const previousIds = useRef(ids);

  useLayoutEffect(() => {
    const before = previousIds.current;
    previousIds.current = ids;
    const remaining = new Set(ids);
    if (before.some((id) => !remaining.has(id)) && (!reportId.current || !remaining.has(reportId.current))) {
      reportId.current = neighbor(before, remaining);
    }
    if (focused.current && !focused.current.isConnected && document.activeElement === document.body) {
      if (!reportId.current || !focusTicket(reportId.current)) {
        document.getElementById(headingId)?.focus();
      }
    }
  });

  return {
    onFocus: ({ target }) => {
      focused.current = target;
      const ticket = target.closest<HTMLElement>("[data-report]");
      if (ticket) {
        reportId.current = ticket.dataset.report ?? null;
      } else if (!target.closest("dialog")) {
        reportId.current = null;
      }
    },
    onBlur: ({ target, relatedTarget }) => {
      // A dialog that closes gives the focus back, if what had it is still there.
      if (target.isConnected && !target.closest("dialog") && relatedTarget === null) {
        focused.current = null;
      }
    },
  };
}

/** The report after the last one that disappeared, or else the last report. */
function neighbor(before: readonly string[], remaining: ReadonlySet<string>): string | null {
  const lastRemoved = before.findLastIndex((id) => !remaining.has(id));
  return before.slice(lastRemoved + 1)[0] ?? before.findLast((id) => remaining.has(id)) ?? null;
}

/** Focuses the link of a report's ticket. Returns false if it is not shown. */
export function focusTicket(reportId: string): boolean {
  const link = document.querySelector<HTMLElement>(`[data-report="${CSS.escape(reportId)}"] a`);
  link?.focus();
  return link !== null;
}
