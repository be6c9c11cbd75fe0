import type { MetadataRoute } from "next";
import type { Messages } from "@/shared/i18n/en";
import { DEFAULT_LOCALE, localPath, type Locale } from "@/shared/i18n/locale";
import { THEME_COLORS } from "@/shared/start/theme";

/** What an installed site looks like. All languages are one app, which opens in the language of its installation. */
export function manifestOf(locale: Locale, { app }: Messages): MetadataRoute.Manifest {
  return {
    id: localPath("/", DEFAULT_LOCALE),
    name: app.name,
    short_name: app.name,
    description: app.description,
    lang: locale,
    start_url: localPath("/", locale),
    scope: "/",
    display: "standalone",
    background_color: THEME_COLORS.light,
    theme_color: THEME_COLORS.light,
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
