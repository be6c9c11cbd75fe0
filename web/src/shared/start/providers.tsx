"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { LanguageProvider } from "@/shared/i18n/language-provider";
import { DeletionProvider } from "@/shared/reports/deletion/deletion-provider";
import { FollowingProvider } from "@/shared/reports/following/following-provider";
import { FocusKeeper } from "@/shared/ui/focus-keeper";
import { ToastProvider } from "@/shared/ui/toasts";

export function Providers({ children }: { children: ReactNode }) {
  // A failed query is shown at once and retried by its own refetch interval.
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <FocusKeeper />
        <ToastProvider>
          <DeletionProvider>
            <FollowingProvider>{children}</FollowingProvider>
          </DeletionProvider>
        </ToastProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}
