"use client";

import { ProblemError, SignInError } from "@/shared/api/errors";
import { useMessages } from "./language-provider";

interface ErrorMessage {
  message: string;
  /** The API's own explanation, in English. */
  detail: string | undefined;
}

/** Returns a function that describes a failed request in the user's language. */
export function useErrorMessage(): (error: unknown) => ErrorMessage {
  const { errors } = useMessages();
  return (error) => {
    if (error instanceof ProblemError) {
      return { message: errors.problems[error.kind] ?? errors.unknown, detail: error.problem.detail };
    }
    const message = error instanceof SignInError ? errors.signIn : errors.unreachable;
    return { message: `${message}.`, detail: undefined };
  };
}
