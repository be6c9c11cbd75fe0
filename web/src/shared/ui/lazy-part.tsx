import { Suspense, type ReactNode } from "react";
import { ErrorBoundary } from "./error-boundary";

/** A part of the page whose code is loaded when it is needed, which can fail. */
export function LazyPart({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  );
}
