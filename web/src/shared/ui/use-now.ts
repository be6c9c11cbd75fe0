"use client";

import { useEffect, useState } from "react";

const EVERY = 30_000;

/** The time, which goes on while the page is seen; for ages in words. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        setNow(Date.now());
      }
    }, EVERY);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
