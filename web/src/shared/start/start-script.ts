import { LOCALES, DEFAULT_LOCALE, STORAGE_KEY } from "@/shared/i18n/locale";
import { RESTORE_PATH } from "@/shared/sign-in/return-path";

/**
 * Sets the theme and the language before the first paint, so that neither visibly changes, and restores the URL
 * after a sign-in.
 * Inline, because a separate file would delay the first paint. The Content-Security-Policy contains its
 * hash, as it does those of Next's own inline scripts.
 */
export const START_SCRIPT = `(() => {
  const root = document.documentElement;
  let theme, language;
  try {
    theme = localStorage.getItem("theme");
    language = localStorage.getItem("${STORAGE_KEY}");
  } catch {}
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const supported = ${JSON.stringify(LOCALES)};
  const candidates = [language || "", ...navigator.languages].map((tag) => tag.toLowerCase().split("-")[0]);
  const locale = candidates.find((tag) => supported.includes(tag)) || "${DEFAULT_LOCALE}";
  root.lang = locale;
  if (locale !== "${DEFAULT_LOCALE}") root.dataset.waiting = "";${RESTORE_PATH}
})();`;
