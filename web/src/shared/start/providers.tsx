"use client";

import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { DeletionProvider } from "@/shared/reports/deletion/deletion-provider";
import { FollowingProvider } from "@/shared/reports/following/following-provider";
import { FocusKeeper } from "@/shared/ui/focus-keeper";
import { ToastProvider } from "@/shared/ui/toasts";
import { repeatEarlyClicks } from "./early-clicks";
import { registerServiceWorker } from "./register-service-worker";

if (typeof window !== "undefined") {
  // It follows the browser's events, but takes for granted that a page is loaded with a network.
  onlineManager.setOnline(navigator.onLine);
}

function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // A failed query is shown at once and retried by its own refetch interval. Without a network, it returns the
      // last response.
      queries: { networkMode: "offlineFirst", retry: false },
      mutations: { networkMode: "always" },
    },
  });
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  useEffect(registerServiceWorker, []);
  useEffect(repeatEarlyClicks, []);
  return (
    <QueryClientProvider client={client}>
      <FocusKeeper />
      <ToastProvider>
        <DeletionProvider>
          <FollowingProvider>{children}</FollowingProvider>
        </DeletionProvider>
      </ToastProvider>
    </QueryClientProvider>
  );
}
