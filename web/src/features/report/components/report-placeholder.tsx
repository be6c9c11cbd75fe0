"use client";

import type { ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Skeleton } from "@/shared/ui/skeleton";
import styles from "./report-view.module.css";

/** Shown before the URL is known, and while the report is loading. */
export function ReportPlaceholder() {
  const { report: messages } = useMessages();
  return (
    <UntitledPage>
      <Skeleton blocks={2} className={styles.skeleton} label={messages.loading} />
    </UntitledPage>
  );
}

/** A page without a report whose name could be its title. */
export function UntitledPage({ children }: { children: ReactNode }) {
  const { app } = useMessages();
  return (
    <>
      <title>{app.name}</title>
      {children}
    </>
  );
}
