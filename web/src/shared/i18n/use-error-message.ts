"use client";

import { useMessages } from "@/shared/i18n/messages";
import { ProblemError, SignInError } from "./problem";

interface Trouble {
  message: string;
  /** The server's own words, in English, where they say more than the message. */
  detail: string | undefined;
}

/** Puts what a call threw into the visitor's language. */
export function useTrouble(): (fault: unknown) => Trouble {
  const { trouble } = useMessages();
  return (fault) => {
    if (fault instanceof ProblemError) {
      const known = trouble.kinds[fault.kind];
      return { message: known ?? fault.problem.title, detail: fault.problem.detail };
    }
    const message = fault instanceof SignInError ? trouble.signIn : trouble.unreachable;
    return { message: `${message}.`, detail: undefined };
  };
}
