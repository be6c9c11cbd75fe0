import { Suspense } from "react";
import { AskForm } from "@/features/ask/components/ask-form";
import { Queue } from "@/features/queue/components/queue";
import { HomeTitle } from "@/shared/site/home-title";
import styles from "./page.module.css";

export default function Home() {
  return (
    <>
      <HomeTitle />
      <div className={styles.page}>
        <AskForm />
        <Suspense>
          <Queue />
        </Suspense>
      </div>
    </>
  );
}
