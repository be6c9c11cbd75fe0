import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { Account } from "@/features/account/components/account";
import { Adoption } from "@/features/account/components/adoption";
import type { Messages } from "@/shared/i18n/en";
import { localPath, type Locale } from "@/shared/i18n/locale";
import styles from "@/shared/site/main.module.css";
import { SiteFooter } from "@/shared/site/site-footer";
import { SiteHeader } from "@/shared/site/site-header";
import { Providers } from "@/shared/start/providers";
import { THEME_COLORS } from "@/shared/start/theme";
import { ConnectionBanner } from "@/shared/ui/connection-banner";
import "./globals.css";

const display = localFont({
  src: "../../node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
  variable: "--font-display",
  weight: "200 800",
});
const text = localFont({
  src: "../../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
  variable: "--font-text",
  weight: "300 900",
});

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: THEME_COLORS.light },
    { media: "(prefers-color-scheme: dark)", color: THEME_COLORS.dark },
  ],
};

export function metadataOf(locale: Locale, { app }: Messages): Metadata {
  return { description: app.description, manifest: localPath("/manifest.webmanifest", locale) };
}

interface SiteDocumentProps {
  locale: Locale;
  /** Runs before the first paint. */
  script: string;
  children: ReactNode;
}

/** The document of every page. */
export function SiteDocument({ locale, script, children }: SiteDocumentProps) {
  return (
    <html suppressHydrationWarning className={`${display.variable} ${text.variable}`} lang={locale}>
      <head>
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </head>
      <body>{children}</body>
    </html>
  );
}

/** What is around the content of every page. Goes inside a language. */
export function Site({ children }: { children: ReactNode }) {
  return (
    <Providers>
      <SiteHeader account={<Account />} />
      <ConnectionBanner />
      <Adoption />
      <main className={styles.main} id="content" tabIndex={-1}>
        {children}
      </main>
      <SiteFooter />
    </Providers>
  );
}
