import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { TYPE_IDS } from "@/shared/pokemon-names/catalogue";
import { isListPath, rememberListAddress } from "@/shared/reports/list-address";
import { readView, writeView, type ListView } from "./list-view";

/** In milliseconds. Browsers limit how often a page may change its URL, so not each keystroke does. */
const TYPING_DELAY = 250;

export type ChangeView = (change: Partial<ListView>) => void;

interface ViewState {
  view: ListView;
  /** The view as it was last seen in the URL, and as it was last written to it. */
  seen: string;
  written: string;
}

/** What the list shows. It starts as the URL says, is written to it, and follows a link to another URL. */
export function useListView(): [ListView, ChangeView] {
  const query = useSearchParams();
  const inUrl = queryOf(readView(query, TYPE_IDS));
  const [state, setState] = useState<ViewState>(() => ({
    view: readView(query, TYPE_IDS),
    seen: inUrl,
    written: inUrl,
  }));
  // While the router leaves for another page, the URL already is that page's.
  const isHere = isListPath(usePathname());
  if (isHere && inUrl !== state.seen) {
    setState(
      inUrl === state.written
        ? { ...state, seen: inUrl }
        : { view: readView(query, TYPE_IDS), seen: inUrl, written: inUrl },
    );
  }

  const { view, written } = state;
  useEffect(() => {
    const own = queryOf(view);
    rememberListAddress(own);
    const isTyping = new URLSearchParams(own).get("q") !== new URLSearchParams(written).get("q");
    const timer = setTimeout(
      () => {
        const { pathname, search } = window.location;
        const next = writeView(new URLSearchParams(search), view).toString();
        if (own !== written) {
          setState((current) => ({ ...current, written: own }));
          window.history.replaceState(null, "", next ? `${pathname}?${next}` : pathname);
        }
      },
      isTyping ? TYPING_DELAY : 0,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [view, written]);

  const changeView = useCallback<ChangeView>((change) => {
    setState((current) => ({ ...current, view: { ...current.view, ...change } }));
  }, []);
  return [view, changeView];
}

function queryOf(view: ListView): string {
  return writeView(new URLSearchParams(), view).toString();
}
