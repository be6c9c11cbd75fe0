import { LOCALES, PRERENDERED, STORAGE_KEY } from "@/shared/i18n/locale";

/**
 * Runs before anything is painted, so that neither the theme nor the language is seen to change.
 * Inline, because a file of its own would hold up the first paint; its hash is in the site's
 * Content-Security-Policy like those of Next's own inline scripts.
 */
export const START_SCRIPT = `(() => {
  const root = document.documentElement;
  let theme, language;
  try {
    theme = localStorage.getItem("theme");
    language = localStorage.getItem("${STORAGE_KEY}");
  } catch {}
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const known = ${JSON.stringify(LOCALES)};
  const wanted = [language || "", ...navigator.languages].map((tag) => tag.toLowerCase().split("-")[0]);
  const locale = wanted.find((tag) => known.includes(tag)) || "${PRERENDERED}";
  root.lang = locale;
  if (locale !== "${PRERENDERED}") root.dataset.waiting = "";
})();`;
