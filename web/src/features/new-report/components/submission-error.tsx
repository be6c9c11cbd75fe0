import { onlineManager } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ProblemError, UnreachableError } from "@/shared/api/errors";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { otherErrorsOf } from "../field-errors";
import styles from "./submission-error.module.css";

interface SubmissionErrorProps {
  error: unknown;
  /** Whether the details are already shown beside the fields. */
  hasFieldErrors: boolean;
}

/** Why the report was not created, except for what is shown beside the fields. */
export function SubmissionError({ error, hasFieldErrors }: SubmissionErrorProps) {
  const { form } = useMessages();
  const { message, detail } = useErrorMessage()(error);
  const ref = useRef<HTMLDivElement>(null);
  const otherErrors = error instanceof ProblemError ? otherErrorsOf(error) : [];
  const isOffline = error instanceof UnreachableError && !onlineManager.isOnline();

  // The button, where the user is, is moved down by this.
  useEffect(() => {
    ref.current?.scrollIntoView({ block: "nearest" });
  }, [error]);

  return (
    <div className={styles.alert} ref={ref} role="alert">
      <p>{isOffline ? form.offline : message}</p>
      {detail && !hasFieldErrors && <p lang="en">{detail}</p>}
      {otherErrors.map(({ pointer, detail: text }) => (
        <p key={pointer} lang="en">
          {`${pointer}: ${text}`}
        </p>
      ))}
    </div>
  );
}
