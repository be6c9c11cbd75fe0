import { ProblemError } from "@/shared/api/errors";
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
  const { message, detail } = useErrorMessage()(error);
  const otherErrors = error instanceof ProblemError ? otherErrorsOf(error) : [];
  return (
    <div className={styles.alert} role="alert">
      <p>{message}</p>
      {detail && !hasFieldErrors && <p lang="en">{detail}</p>}
      {otherErrors.map(({ pointer, detail: text }) => (
        <p key={pointer} lang="en">
          {`${pointer}: ${text}`}
        </p>
      ))}
    </div>
  );
}
