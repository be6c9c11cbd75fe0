"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { reportKeys, type Pages } from "@/shared/reports/report-cache";
import { useSignInState } from "../api/get-principal";
import styles from "./visitor-note.module.css";

/** Says to visitors with reports where these are kept. */
export function VisitorNote() {
  const { account } = useMessages();
  const { data } = useSignInState();
  const hasReports = useHasReports();
  if (data?.user !== null || !hasReports) {
    return null;
  }
  return (
    <p className={styles.note}>
      {data.isOffered ? account.keptForThisBrowser : account.keptForThisBrowserOnly}
    </p>
  );
}

/** Whether a list on the page has reports. */
function useHasReports(): boolean {
  const client = useQueryClient();
  const subscribe = useCallback(
    (listener: () => void) => client.getQueryCache().subscribe(listener),
    [client],
  );
  const read = () =>
    client
      .getQueriesData<Pages>({ queryKey: reportKeys.lists })
      .some(([, list]) => list?.pages.some((page) => page.reports.length > 0));
  return useSyncExternalStore(subscribe, read, () => false);
}
