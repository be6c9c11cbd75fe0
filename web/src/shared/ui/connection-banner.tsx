"use client";

import { onlineManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { UnreachableError } from "@/shared/api/problem";
import { useMessages } from "@/shared/i18n/messages";
import { Icon } from "./icon";
import styles from "./connection-banner.module.css";

type Connection = "fine" | "offline" | "away";

/** Says why what is on the page may be old: no network, or no server. */
export function ConnectionBanner() {
  const { trouble } = useMessages();
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== "fine" && (
        <p className={styles.banner}>
          <Icon name="warning" />
          {connection === "offline" ? trouble.offline : trouble.away}
        </p>
      )}
    </div>
  );
}

function useConnection(): Connection {
  const client = useQueryClient();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [client.getQueryCache().subscribe(listener), onlineManager.subscribe(listener)];
      return () => {
        for (const stop of stops) {
          stop();
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
      ? "away"
      : "fine";
  }, [client]);
  return useSyncExternalStore(subscribe, read, () => "fine");
}
