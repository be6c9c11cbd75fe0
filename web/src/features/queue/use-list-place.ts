import { useEffect, useLayoutEffect, useState } from "react";
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
 * the same view of the list. A change of the view starts from the top.
 */
export function useListPlace(query: string, isLoaded: boolean): [number, () => void] {
  const [shown, setShown] = useState(() => {
    const place = returning.get() ? readPlace(query) : null;
    return { query, count: place?.count ?? FIRST_COUNT };
  });
  if (shown.query !== query) {
    setShown({ query, count: FIRST_COUNT });
  }

  // Runs again when the router shows a list that it kept, with its state, while another page was open.
  useLayoutEffect(() => {
    if (isLoaded && returning.get()) {
      returning.set(false);
      const place = readPlace(query);
      window.scrollTo(0, place?.scrollY ?? 0);
      const ticket = place?.reportId && document.querySelector(ticketOf(place.reportId));
      if (ticket) {
        window.scrollBy(0, ticket.getBoundingClientRect().top - place.top);
      }
    }
  }, [isLoaded, query]);

  const { count } = shown;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const saveLater = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        savePlace(query, count);
      }, SAVE_DELAY);
    };
    saveLater();
    window.addEventListener("scroll", saveLater, { passive: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", saveLater);
    };
  }, [query, count]);

  const showMore = () => {
    setShown({ query, count: count + MORE_COUNT });
  };
  return [count, showMore];
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
