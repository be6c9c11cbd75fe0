import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@/shared/i18n/link";
import { useRef, useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { reportPath } from "@/shared/reports/report";
import { reportKeys } from "@/shared/reports/report-cache";
import { Button } from "@/shared/ui/button";
import { useToast } from "@/shared/ui/toasts";
import { adoptReports } from "../api/adopt-reports";
import { VISITOR_KEY } from "../api/get-visitor";
import styles from "./adoption-banner.module.css";

interface AdoptionBannerProps {
  /** How many reports the visitor has. */
  count: number;
  onDecline: () => void;
}

/** Moves the reports in as many requests as it takes, until only open ones are left. */
export default function AdoptionBanner({ count, onDecline }: AdoptionBannerProps) {
  const { account } = useMessages();
  const client = useQueryClient();
  const errorMessage = useErrorMessage();
  const router = useRouter();
  const showToast = useToast();
  const banner = useRef<HTMLElement>(null);
  const [moving, setMoving] = useState<{ done: number; total: number } | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const leave = () => {
    if (banner.current?.contains(document.activeElement)) {
      document.getElementById("content")?.focus({ preventScroll: true });
    }
  };
  const move = async () => {
    if (moving) {
      return;
    }
    setError(null);
    let done = 0;
    let remaining = count;
    const shownId = new URLSearchParams(window.location.search).get("id") ?? "";
    try {
      for (let adopted = 1; adopted > 0 && remaining > 0; done += adopted) {
        setMoving({ done, total: count });
        const adoption = await adoptReports();
        ({ adopted, remaining } = adoption);
        const newId = adoption.moved[shownId];
        if (newId) {
          router.replace(reportPath(newId));
        }
      }
      if (done > 0) {
        showToast({ kind: "success", text: account.moved(done) });
      }
      setWaiting(remaining > 0);
    } catch (error) {
      setError(`${account.notMoved} ${errorMessage(error).message}`);
      remaining = Math.max(1, remaining);
    }
    setMoving(null);
    if (remaining === 0) {
      leave();
    }
    client.setQueryData(VISITOR_KEY, remaining);
    await client.invalidateQueries({ queryKey: reportKeys.all });
  };
  return (
    <section aria-label={account.visitorReports} className={`${styles.banner} no-print`} ref={banner}>
      <p className={styles.text} role="status">
        {isWaiting ? account.stillOpen(count) : account.offer(count)}
      </p>
      <p className={styles.error} role="alert">
        {error}
      </p>
      <div className={styles.actions}>
        <Button aria-disabled={moving !== null} variant="primary" onClick={() => void move()}>
          {moving ? account.moving(moving.done, moving.total) : account.move(count)}
        </Button>
        <Button
          aria-disabled={moving !== null}
          onClick={() => {
            if (!moving) {
              leave();
              onDecline();
            }
          }}
        >
          {account.notNow}
        </Button>
      </div>
    </section>
  );
}
