"use client";

import { useSearchParams } from "next/navigation";
import { useLocale, useMessages } from "@/shared/i18n/language-provider";
import { comparePath } from "@/shared/reports/compare-path";
import { localPath } from "@/shared/i18n/locale";
import { ListLink } from "@/shared/reports/list-link";
import { Button } from "@/shared/ui/button";
import { ErrorBoundary } from "@/shared/ui/error-boundary";
import { Icon } from "@/shared/ui/icon";
import { StatePanel } from "@/shared/ui/state-panel";
import { usePublishedReports } from "../api/list-published-reports";
import { Comparison } from "./comparison";
import { ReportPicker } from "./report-picker";
import styles from "./compare-view.module.css";

export function CompareTitle() {
  const { compare: messages, app } = useMessages();
  return <title>{`${messages.title} · ${app.name}`}</title>;
}

/** The page that compares the two reports whose ids are in the URL. */
export function CompareView() {
  const { compare: messages, report: reportMessages } = useMessages();
  const locale = useLocale();
  const query = useSearchParams();
  const [a, b] = [query.get("a") ?? "", query.get("b") ?? ""];
  const published = usePublishedReports();
  const show = (newA: string, newB: string) => {
    window.history.replaceState(null, "", localPath(comparePath(newA, newB), locale));
  };
  return (
    <div className={styles.view}>
      <ListLink className={`${styles.back} no-print`}>
        <Icon name="back" />
        {reportMessages.back}
      </ListLink>
      <header className={styles.header}>
        <h1 className={styles.title}>{messages.title}</h1>
        <p className={styles.help}>{messages.help}</p>
        <div className={styles.pickers}>
          <ReportPicker
            id={a}
            label={messages.a}
            reports={published.data ?? []}
            onChange={(id) => {
              show(id, b);
            }}
          />
          <ReportPicker
            id={b}
            label={messages.b}
            reports={published.data ?? []}
            onChange={(id) => {
              show(a, id);
            }}
          />
          <span className="no-print">
            <Button
              icon="swap"
              onClick={() => {
                show(b, a);
              }}
            >
              {messages.swap}
            </Button>
          </span>
        </div>
      </header>
      {a && b && a !== b ? (
        <ErrorBoundary key={`${a} ${b}`}>
          <Comparison a={a} b={b} />
        </ErrorBoundary>
      ) : (
        <NothingToCompare hasReports={published.data?.length !== 0} isSame={a !== "" && a === b} />
      )}
    </div>
  );
}

function NothingToCompare({ hasReports, isSame }: { hasReports: boolean; isSame: boolean }) {
  const { compare: messages } = useMessages();
  if (!hasReports) {
    return <StatePanel help={messages.noReportsHelp} level={2} title={messages.noReports} tone="empty" />;
  }
  return <p role="status">{isSame ? messages.sameReport : messages.chooseBoth}</p>;
}
