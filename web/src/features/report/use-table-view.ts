import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import type { Table } from "@/shared/report-table/table";
import { readView, writeView, type TableView } from "./table-view";

/** In milliseconds. Browsers limit how often a page may change its URL, so not each keystroke does. */
const WRITE_DELAY = 250;

export type ChangeView = (change: Partial<TableView>) => void;

/** The view of the table, which starts as the URL says and is written to it. A change returns to the first page. */
export function useTableView({ columns }: Table): [TableView, ChangeView] {
  const query = useSearchParams();
  const [view, setView] = useState(() => readView(query, columns));

  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search } = window.location;
      const written = `?${writeView(new URLSearchParams(search), view).toString()}`;
      if (written !== search) {
        window.history.replaceState(null, "", pathname + written);
      }
    }, WRITE_DELAY);
    return () => {
      clearTimeout(timer);
    };
  }, [view]);

  const changeView = useCallback<ChangeView>((change) => {
    setView((current) => ({ ...current, page: 0, ...change }));
  }, []);
  return [view, changeView];
}
