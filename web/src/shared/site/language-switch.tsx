"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, type MouseEvent } from "react";
import { useLocale, useMessages } from "@/shared/i18n/language-provider";
import { LANGUAGE_NAMES, LOCALES, localPath, type Locale } from "@/shared/i18n/locale";
import { rememberLanguage, rememberPlace, restorePlace } from "./language-change";
import styles from "./language-switch.module.css";

/** Links to this page in each language. */
export function LanguageSwitch() {
  const { app } = useMessages();
  const current = useLocale();
  const path = usePathname();
  const currentLink = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    return restorePlace(() => {
      const link = currentLink.current;
      // On a phone, the link is in a menu.
      const target = link?.checkVisibility() ? link : document.getElementById("settings-button");
      target?.focus({ preventScroll: true });
    });
  }, []);

  const choose = (event: MouseEvent<HTMLAnchorElement>, locale: Locale) => {
    const { pathname, search, hash } = window.location;
    event.currentTarget.href = localPath(pathname, locale) + search + hash;
    rememberLanguage(locale);
    // A key causes a click without a count.
    rememberPlace(event.detail === 0);
  };
  return (
    <nav aria-label={app.language} className={styles.track}>
      {LOCALES.map((locale) => (
        // A plain link: the document's language changes, so the browser loads the other document.
        <a
          key={locale}
          aria-current={locale === current ? "true" : undefined}
          className={styles.link}
          href={localPath(path, locale)}
          hrefLang={locale}
          lang={locale}
          ref={locale === current ? currentLink : null}
          title={LANGUAGE_NAMES[locale]}
          onClick={(event) => {
            choose(event, locale);
          }}
        >
          <span className="visually-hidden">{LANGUAGE_NAMES[locale]}</span>
          <span aria-hidden="true">{locale.toUpperCase()}</span>
        </a>
      ))}
    </nav>
  );
}
