import { lazy, Suspense, type ReactNode } from "react";
import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { isOpen, isPublished, selectionOf } from "@/shared/reports/report";
import { useShownReport } from "@/shared/reports/following/following-provider";
import { ReportProgress } from "@/shared/reports/report-progress";
import { ErrorBoundary } from "@/shared/ui/error-boundary";
import { StatePanel } from "@/shared/ui/state-panel";
import { Failures } from "./failures";
import { ReportDetails } from "./report-details";
import { ReportHeader } from "./report-header";
import { ResultsPlaceholder } from "./results-placeholder";
import styles from "./report-content.module.css";

const loadResults = () => import("./report-results");
const ReportResults = lazy(loadResults);
// Loads while the page is starting and the report is on its way, and so delays neither.
if (typeof window !== "undefined") {
  void loadResults().catch(() => undefined);
}

/** A loaded report in any status, and what can be done with it. */
export function ReportContent({ report, actions }: { report: Report; actions: ReactNode }) {
  const { report: messages, app } = useMessages();
  useShownReport(report);
  const name = report.name ?? messages.name(selectionOf(report));
  const { total } = report.progress;
  const { sample_size } = report.request;
  const isPopulationSmaller = sample_size !== null && total > 0 && total < sample_size;
  return (
    <>
      <title>{`${name} · ${app.name}`}</title>
      <ReportHeader actions={actions} name={name} report={report} />
      {isOpen(report) && (
        <section aria-labelledby="progress-title" className={`${styles.panel} ${styles.progress}`}>
          <h2 className={styles.heading} id="progress-title">
            {report.status === "canceling" ? messages.canceling : messages.running}
          </h2>
          <ReportProgress report={report} />
          <p>{messages.runningHelp}</p>
        </section>
      )}
      {report.status === "canceled" && (
        <StatePanel help={messages.canceledHelp} level={2} title={messages.canceled} tone="empty" />
      )}
      {report.error && (
        <section aria-labelledby="error-title" className={styles.error}>
          <h2 className={styles.heading} id="error-title">
            {messages.failed}
          </h2>
          <p lang="en">{report.error.detail}</p>
        </section>
      )}
      {isPublished(report) && total === 0 && <p className={styles.note}>{messages.noRows}</p>}
      {isPublished(report) && isPopulationSmaller && (
        <p className={styles.note}>{messages.smallPopulation(sample_size, total)}</p>
      )}
      {report.failure_count > 0 && <Failures report={report} />}
      {isPublished(report) && (
        <ErrorBoundary>
          <Suspense fallback={<ResultsPlaceholder />}>
            <ReportResults name={name} report={report} />
          </Suspense>
        </ErrorBoundary>
      )}
      <div className={styles.panel}>
        <ReportDetails report={report} />
      </div>
    </>
  );
}
