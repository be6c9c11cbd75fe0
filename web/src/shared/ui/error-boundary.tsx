"use client";

import { Component, type ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button } from "./button";
import { StatePanel } from "./state-panel";

interface ErrorBoundaryProps {
  children: ReactNode;
  /** Shown instead of the message. */
  fallback?: ReactNode;
}

/** Keeps an error in a part of the page from taking the rest with it. Shows a message in its place. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) {
      return this.props.children;
    }
    const { fallback } = this.props;
    return fallback !== undefined ? (
      fallback
    ) : (
      <FailedPart
        onRetry={() => {
          this.setState({ hasFailed: false });
        }}
      />
    );
  }
}

function FailedPart({ onRetry }: { onRetry: () => void }) {
  const { errors } = useMessages();
  return (
    <StatePanel help={errors.partCrashedHelp} level={2} title={errors.partCrashed} tone="error">
      <Button icon="retry" onClick={onRetry}>
        {errors.tryAgain}
      </Button>
    </StatePanel>
  );
}
