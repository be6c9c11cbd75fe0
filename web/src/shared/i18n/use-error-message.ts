"use client";

import { ProblemError, SignInError, UnreachableError } from "@/shared/api/errors";
import { useFormats, useMessages } from "./language-provider";

interface ErrorMessage {
  message: string;
  /** The API's own explanation, in English. */
  detail: string | undefined;
}

/** Returns a function that describes a failed request in the user's language. */
export function useErrorMessage(): (error: unknown) => ErrorMessage {
  const { errors } = useMessages();
  const { inTime } = useFormats();
  return (error) => {
    if (error instanceof ProblemError) {
      const { kind, problem, retryAfter } = error;
      const message = errors.problems[kind] ?? errors.unknown;
      // A service that is unavailable can be back at any time.
      const isLimit = problem.status === 429 && retryAfter !== null;
      return {
        message: isLimit ? `${message} ${errors.tryAgainIn(inTime(retryAfter))}` : message,
        detail: problem.detail,
      };
    }
    if (error instanceof SignInError) {
      return { message: `${errors.signIn}.`, detail: undefined };
    }
    const isOffline = error instanceof UnreachableError && !navigator.onLine;
    return { message: `${isOffline ? errors.offlineTitle : errors.unreachable}.`, detail: undefined };
  };
}
