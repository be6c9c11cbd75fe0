import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import type { Report } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { sharedPath } from "@/shared/reports/report";
import { putReport } from "@/shared/reports/report-cache";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { ModalDialog } from "@/shared/ui/modal-dialog";
import inputStyles from "@/shared/ui/text-input.module.css";
import { shareReport } from "../api/share-report";
import { unshareReport } from "../api/unshare-report";
import styles from "./share-dialog.module.css";

interface Outcome {
  kind: "success" | "error";
  text: string;
}

/** Creates, copies and revokes the link of a published report. */
export default function ShareDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { share: messages } = useMessages();
  const { dateTime } = useFormats();
  const client = useQueryClient();
  const errorMessage = useErrorMessage();
  const id = useId();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const create = useRef<HTMLButtonElement>(null);
  const link = report.links.shared;
  const url = link && window.location.origin + sharedPath(link);

  // Each of the two states replaces the control that had the focus.
  useEffect(() => {
    (input.current ?? create.current)?.focus();
    input.current?.select();
  }, [link]);

  const change = async (request: () => Promise<Report>, success: string, failure: string) => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    setOutcome(null);
    try {
      await putReport(client, await request());
      setOutcome({ kind: "success", text: success });
    } catch (error) {
      setOutcome({ kind: "error", text: `${failure} ${errorMessage(error).message}` });
    }
    setBusy(false);
  };
  const start = () => change(() => shareReport(report.id), messages.created, messages.notCreated);
  const stop = () =>
    change(
      async () => {
        await unshareReport(report.id);
        return { ...report, links: { ...report.links, shared: null } };
      },
      messages.stopped,
      messages.notStopped,
    );
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome({ kind: "success", text: messages.copied });
    } catch {
      input.current?.select();
      setOutcome({ kind: "error", text: messages.notCopied });
    }
  };
  return (
    <ModalDialog title={messages.title} onClose={onClose}>
      <p>{messages.help}</p>
      <p className={styles.until}>{messages.until(dateTime(report.expires_at))}</p>
      {url && (
        <Field id={id} label={messages.link}>
          {(control) => (
            <span className={styles.link}>
              <input {...control} readOnly className={inputStyles.input} ref={input} type="url" value={url} />
              <Button icon="copy" variant="primary" onClick={() => void copy(url)}>
                {messages.copy}
              </Button>
            </span>
          )}
        </Field>
      )}
      <div className={styles.foot}>
        <div className={styles.outcome}>
          <p className={styles.success} role="status">
            {outcome?.kind === "success" && outcome.text}
          </p>
          <p className={styles.error} role="alert">
            {outcome?.kind === "error" && outcome.text}
          </p>
        </div>
        {url ? (
          <Button aria-disabled={isBusy} icon="cancel" variant="danger" onClick={() => void stop()}>
            {messages.stop}
          </Button>
        ) : (
          <Button
            aria-disabled={isBusy}
            icon="share"
            ref={create}
            variant="primary"
            onClick={() => void start()}
          >
            {messages.create}
          </Button>
        )}
      </div>
    </ModalDialog>
  );
}
