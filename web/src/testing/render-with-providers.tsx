import { cleanup, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, vi } from "vitest";
import { English } from "@/shared/i18n/english";
import type { Locale } from "@/shared/i18n/locale";
import { Spanish } from "@/shared/i18n/spanish";
import { Providers } from "@/shared/start/providers";

vi.mock("next/navigation", async () => {
  const { useSyncExternalStore } = await import("react");
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) {
      listener();
    }
  };
  for (const method of ["pushState", "replaceState"] as const) {
    const change = window.history[method].bind(window.history);
    window.history[method] = (...parameters) => {
      change(...parameters);
      notify();
    };
  }
  window.addEventListener("popstate", notify);
  return {
    usePathname: () => "/",
    useRouter: () => ({ push: vi.fn(), replace: vi.fn() }),
    useSearchParams: () => {
      const subscribe = (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      };
      return new URLSearchParams(useSyncExternalStore(subscribe, () => window.location.search));
    },
  };
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

const LANGUAGES = { en: English, es: Spanish };

/** Renders with the providers of the page, in English by default. */
export function renderWithProviders(children: ReactNode, locale: Locale = "en") {
  const Language = LANGUAGES[locale];
  return render(
    <Language>
      <Providers>{children}</Providers>
    </Language>,
  );
}
