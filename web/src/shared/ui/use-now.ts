"use client";

import { useEffect, useState } from "react";

const UPDATE_INTERVAL = 30_000;

/** The current time in milliseconds, updated while the page is visible; for relative times. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        setNow(Date.now());
      }
    }, UPDATE_INTERVAL);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
