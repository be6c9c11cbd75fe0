"use client";

import { useQuery } from "@tanstack/react-query";
import { useMessages } from "@/shared/i18n/language-provider";
import { reportKeys, type ReportList } from "@/shared/reports/report-cache";
import { useSignInState } from "../api/get-principal";
import styles from "./visitor-note.module.css";

/** Says to visitors with reports where these are kept. */
export function VisitorNote() {
  const { account } = useMessages();
  const { data } = useSignInState();
  const { data: list } = useQuery<ReportList>({ queryKey: reportKeys.list, enabled: false });
  if (data?.user !== null || !list?.reports.length) {
    return null;
  }
  return (
    <p className={styles.note}>
      {data.isOffered ? account.keptForThisBrowser : account.keptForThisBrowserOnly}
    </p>
  );
}
