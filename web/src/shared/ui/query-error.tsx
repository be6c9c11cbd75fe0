"use client";

import { onlineManager } from "@tanstack/react-query";
import { SignInError, UnreachableError } from "@/shared/api/errors";
import { useMessages } from "@/shared/i18n/language-provider";
import { useErrorMessage } from "@/shared/i18n/use-error-message";
import { SignInLinks } from "@/shared/sign-in/sign-in-links";
import { Button, buttonClass } from "./button";
import { StatePanel } from "./state-panel";

interface QueryErrorProps {
  error: unknown;
  level?: 1 | 2 | 3;
  onRetry: () => void;
}

/** Replaces data that could not be loaded: says why, and what to do. */
export function QueryError({ error, level = 3, onRetry }: QueryErrorProps) {
  const { errors } = useMessages();
  const errorMessage = useErrorMessage();
  if (!onlineManager.isOnline()) {
    return <StatePanel help={errors.offlineHelp} level={level} title={errors.offlineTitle} tone="error" />;
  }
  if (error instanceof SignInError) {
    return (
      <StatePanel help={errors.signInHelp} level={level} title={errors.signIn} tone="error">
        <SignInLinks className={buttonClass("plain")} />
      </StatePanel>
    );
  }
  const { message, detail } = errorMessage(error);
  const isUnreachable = error instanceof UnreachableError;
  return (
    <StatePanel
      help={isUnreachable ? errors.unreachableHelp : <span lang="en">{detail}</span>}
      level={level}
      title={isUnreachable ? errors.unreachable : message}
      tone="error"
    >
      <Button icon="retry" onClick={onRetry}>
        {errors.tryAgain}
      </Button>
    </StatePanel>
  );
}
