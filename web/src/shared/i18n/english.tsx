"use client";

import type { ReactNode } from "react";
import { en } from "./en";
import { LanguageProvider } from "./language-provider";

export function English({ children }: { children: ReactNode }) {
  return (
    <LanguageProvider locale="en" messages={en}>
      {children}
    </LanguageProvider>
  );
}
