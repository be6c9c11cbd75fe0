import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useRef } from "react";
import { columnIndex, type Row, type Table } from "@/shared/report-table/table";

export const MAX_COMPARED = 4;

export interface OpenedPokemon {
  /** The rows of the Pokémon that are shown in detail. */
  rows: readonly Row[];
  /** What identifies a row in the URL; null if nothing in the report does. */
  keyOf: (row: Row) => string | null;
  /** The URL of a Pokémon's details, for a new tab. */
  urlOf: (key: string) => string;
  change: (next: (keys: string[]) => string[]) => void;
  close: () => void;
}

const PARAMETER = "pokemon";
/** The parameters that say which report the page is about. */
const REPORT_PARAMETERS = ["id", "token"];

/** The Pokémon whose details are shown. The URL's `pokemon` has their names, separated by commas. */
export function useOpenedPokemon(table: Table): OpenedPokemon {
  const query = useSearchParams();
  const isPushed = useRef(false);
  const opened = query.get(PARAMETER);
  const report = new URLSearchParams(
    REPORT_PARAMETERS.flatMap((name) => query.getAll(name).map((value) => [name, value])),
  ).toString();

  const keyOf = useMemo(() => {
    const index = ["name", "id"].map((name) => columnIndex(table, name)).find((column) => column >= 0);
    return (row: Row) => (index === undefined ? null : (row.texts[index] ?? null));
  }, [table]);

  const rows = useMemo(() => {
    const found = [...new Set(keysIn(opened))].map((key) => table.rows.find((row) => keyOf(row) === key));
    return found.filter((row) => row !== undefined).slice(0, MAX_COMPARED);
  }, [table, keyOf, opened]);
  const isOpen = rows.length > 0;

  const urlOf = useCallback((key: string) => withPokemon(new URLSearchParams(report), [key]), [report]);
  const change = useCallback(
    (next: (keys: string[]) => string[]) => {
      // The URL is ahead of the page while React renders.
      const url = new URLSearchParams(window.location.search);
      const changed = withPokemon(url, next(keysIn(url.get(PARAMETER))));
      if (isOpen) {
        window.history.replaceState(null, "", changed);
      } else {
        // The browser's Back button closes the details.
        isPushed.current = true;
        window.history.pushState(null, "", changed);
      }
    },
    [isOpen],
  );
  const close = useCallback(() => {
    if (isPushed.current) {
      isPushed.current = false;
      window.history.back();
    } else {
      window.history.replaceState(null, "", withPokemon(new URLSearchParams(window.location.search), []));
    }
  }, []);
  return { rows, keyOf, urlOf, change, close };
}

function keysIn(parameter: string | null): string[] {
  return parameter?.split(",") ?? [];
}

function withPokemon(query: URLSearchParams, keys: readonly string[]): string {
  query.delete(PARAMETER);
  if (keys.length > 0) {
    query.set(PARAMETER, keys.join(","));
  }
  return `?${query.toString()}`;
}
