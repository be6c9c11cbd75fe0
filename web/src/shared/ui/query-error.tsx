"use client";

import { onlineManager } from "@tanstack/react-query";
import { SignInError, UnreachableError } from "@/shared/api/problem";
import { useTrouble } from "@/shared/api/use-trouble";
import { useMessages } from "@/shared/i18n/messages";
import { Button } from "./button";
import { StatePanel } from "./state-panel";

interface QueryTroubleProps {
  fault: unknown;
  level?: 1 | 2 | 3;
  onTryAgain: () => void;
}

/** Stands where data would be that could not be had: why, and what to do. */
export function QueryTrouble({ fault, level = 3, onTryAgain }: QueryTroubleProps) {
  const { trouble } = useMessages();
  const describe = useTrouble();
  if (!onlineManager.isOnline()) {
    return (
      <StatePanel help={trouble.offlineHelp} level={level} mood="trouble" title={trouble.offlineTitle} />
    );
  }
  if (fault instanceof SignInError) {
    return <StatePanel help={trouble.signInHelp} level={level} mood="trouble" title={trouble.signIn} />;
  }
  const { message, detail } = describe(fault);
  const away = fault instanceof UnreachableError;
  return (
    <StatePanel
      help={away ? trouble.unreachableHelp : <span lang="en">{detail}</span>}
      level={level}
      mood="trouble"
      title={away ? trouble.unreachable : message}
    >
      <Button icon="again" onClick={onTryAgain}>
        {trouble.tryAgain}
      </Button>
    </StatePanel>
  );
}
