import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { returning } from "@/shared/reports/list-address";

export const FIRST_COUNT = 20;
export const MORE_COUNT = 50;
const STORAGE_KEY = "list-place";
/** In milliseconds, after the last of a series of scroll events. */
const SAVE_DELAY = 100;

interface Place {
  query: string;
  count: number;
  /** The first report on the screen, and the distance of its ticket from the top. */
  reportId: string | null;
  top: number;
  scrollY: number;
}

/**
 * How many reports the list shows, and where it is scrolled to. Both are restored when the user comes back to
 * the same view of the list, as soon as that is complete. A change of the view starts from the top.
 */
export function useListPlace(query: string, isComplete: boolean): [number, () => void] {
  const [restored] = useState(() => (returning.get() ? { place: readPlace(query) } : null));
  const isPending = useRef(restored !== null);
  const [shown, setShown] = useState({ query, count: restored?.place?.count ?? FIRST_COUNT });
  if (shown.query !== query) {
    setShown({ query, count: FIRST_COUNT });
  }

  useLayoutEffect(() => {
    if (isComplete && isPending.current) {
      isPending.current = false;
      returning.forgetLink();
      scrollBackTo(restored?.place ?? null);
    }
  }, [isComplete, restored]);

  // The browser's own restoration would come last, and does not know of tickets that have changed their height.
  useLayoutEffect(() => {
    window.history.scrollRestoration = "manual";
    return () => {
      window.history.scrollRestoration = "auto";
    };
  }, []);

  const { count } = shown;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = () => {
      savePlace(query, count);
    };
    const saveLater = () => {
      clearTimeout(timer);
      timer = setTimeout(save, SAVE_DELAY);
    };
    saveLater();
    window.addEventListener("scroll", saveLater, { passive: true });
    // Before a link leads to another page.
    window.addEventListener("click", save, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", saveLater);
      window.removeEventListener("click", save, { capture: true });
    };
  }, [query, count]);

  const showMore = () => {
    setShown({ query, count: count + MORE_COUNT });
  };
  return [count, showMore];
}

function scrollBackTo(place: Place | null): void {
  window.scrollTo(0, place?.scrollY ?? 0);
  const ticket = place?.reportId && document.querySelector(ticketOf(place.reportId));
  if (ticket) {
    window.scrollBy(0, ticket.getBoundingClientRect().top - place.top);
  }
}

function ticketOf(reportId: string): string {
  return `[data-report="${CSS.escape(reportId)}"]`;
}

function savePlace(query: string, count: number): void {
  const ticket = [...document.querySelectorAll<HTMLElement>("[data-report]")].find(
    (element) => element.getBoundingClientRect().bottom > 0,
  );
  const place: Place = {
    query,
    count,
    reportId: ticket?.dataset.report ?? null,
    top: ticket?.getBoundingClientRect().top ?? 0,
    scrollY: window.scrollY,
  };
  returning.markEntry();
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(place));
  } catch {
    // Without storage, the list starts from the top.
  }
}

function readPlace(query: string): Place | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null") as Place | null;
    return place?.query === query ? place : null;
  } catch {
    return null;
  }
}
