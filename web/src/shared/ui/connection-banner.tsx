"use client";

import { onlineManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { UnreachableError } from "@/shared/api/errors";
import { useMessages } from "@/shared/i18n/language-provider";
import { Icon } from "./icon";
import styles from "./connection-banner.module.css";

type Connection = "online" | "offline" | "unreachable";

/** Warns that the data on the page may be stale, because the network or the server is unreachable. */
export function ConnectionBanner() {
  const { errors } = useMessages();
  const connection = useConnection();
  return (
    <div className={styles.region} role="status">
      {connection !== "online" && (
        <p className={styles.banner}>
          <Icon name="warning" />
          {connection === "offline" ? errors.offline : errors.unreachableBanner}
        </p>
      )}
    </div>
  );
}

function useConnection(): Connection {
  const client = useQueryClient();
  const subscribe = useCallback(
    (listener: () => void) => {
      const unsubscribes = [client.getQueryCache().subscribe(listener), onlineManager.subscribe(listener)];
      return () => {
        for (const unsubscribe of unsubscribes) {
          unsubscribe();
        }
      };
    },
    [client],
  );
  const read = useCallback((): Connection => {
    if (!onlineManager.isOnline()) {
      return "offline";
    }
    const active = client.getQueryCache().findAll({ type: "active" });
    return active.some(({ state }) => state.data !== undefined && state.error instanceof UnreachableError)
      ? "unreachable"
      : "online";
  }, [client]);
  return useSyncExternalStore(subscribe, read, () => "online");
}
