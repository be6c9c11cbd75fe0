import { cleanup, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, vi } from "vitest";
import { Providers } from "@/shared/start/providers";

vi.mock("next/navigation", () => ({
  usePathname: () => "/",
  useRouter: () => ({ push: vi.fn(), replace: vi.fn() }),
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** Renders with the providers of the page, in English by default. */
export function renderWithProviders(children: ReactNode, language = "en") {
  localStorage.setItem("language", language);
  return render(<Providers>{children}</Providers>);
}
