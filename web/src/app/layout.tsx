import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { Account } from "@/features/account/components/account";
import { Adoption } from "@/features/account/components/adoption";
import { en } from "@/shared/i18n/en";
import { DEFAULT_LOCALE } from "@/shared/i18n/locale";
import { SiteFooter } from "@/shared/site/site-footer";
import { SiteHeader } from "@/shared/site/site-header";
import styles from "@/shared/site/main.module.css";
import { Providers } from "@/shared/start/providers";
import { START_SCRIPT } from "@/shared/start/start-script";
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

export const metadata: Metadata = { description: en.app.description };

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8f6f1" },
    { media: "(prefers-color-scheme: dark)", color: "#12131c" },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html suppressHydrationWarning className={`${display.variable} ${text.variable}`} lang={DEFAULT_LOCALE}>
      <head>
        <script dangerouslySetInnerHTML={{ __html: START_SCRIPT }} />
      </head>
      <body>
        <Providers>
          <SiteHeader account={<Account />} />
          <ConnectionBanner />
          <Adoption />
          <main className={styles.main} id="content" tabIndex={-1}>
            {children}
          </main>
          <SiteFooter />
        </Providers>
      </body>
    </html>
  );
}
