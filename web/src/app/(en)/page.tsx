import { Suspense } from "react";
import { VisitorNote } from "@/features/account/components/visitor-note";
import { NewReportForm } from "@/features/new-report/components/new-report-form";
import { Queue } from "@/features/queue/components/queue";
import { HomeTitle } from "@/shared/site/home-title";
import styles from "./page.module.css";

export default function Home() {
  return (
    <>
      <HomeTitle />
      <div className={styles.page}>
        <NewReportForm />
        <div className={styles.queue}>
          <Suspense>
            <Queue />
          </Suspense>
          <VisitorNote />
        </div>
      </div>
    </>
  );
}
