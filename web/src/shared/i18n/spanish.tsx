"use client";

import type { ReactNode } from "react";
import { es } from "./es";
import { LanguageProvider } from "./language-provider";

export function Spanish({ children }: { children: ReactNode }) {
  return (
    <LanguageProvider locale="es" messages={es}>
      {children}
    </LanguageProvider>
  );
}
