import { DEFAULT_LOCALE, LOCALES, PREFIX, STORAGE_KEY } from "@/shared/i18n/locale";
import { RESTORE_PATH } from "@/shared/sign-in/return-path";
import { KEEP_EARLY_CLICKS } from "./early-clicks";
import { THEME_COLORS, THEME_KEY } from "./theme";

const LANGUAGE_ELSEWHERE = `
    root.style.visibility = "hidden";
    location.replace(prefix + rest + location.search + location.hash);`;

/** The page for unknown paths contains all languages. */
const LANGUAGE_HERE = `
    root.lang = wanted;`;

/**
 * Restores the URL after a sign-in, sets the theme, and leads to the page in the user's language, before the first
 * paint, so that nothing visibly changes. Keeps early clicks. Inline, because a separate file would delay the first
 * paint. The Content-Security-Policy contains its hash, as it does those of Next's own inline scripts.
 *
 * The chosen language counts most, then the one that the path names, then the browser's. A browser that stores
 * nothing could not store a choice either, so there the path alone counts.
 */
function startScript(changeLanguage: string): string {
  return `(() => {
  const root = document.documentElement;${KEEP_EARLY_CLICKS}${RESTORE_PATH}
  let theme, chosen;
  try {
    theme = localStorage.getItem("${THEME_KEY}");
    chosen = localStorage.getItem("${STORAGE_KEY}");
  } catch {
    return;
  }
  const color = ${JSON.stringify(THEME_COLORS)}[theme];
  if (color) {
    root.dataset.theme = theme;
    const meta = document.createElement("meta");
    meta.name = "theme-color";
    meta.content = color;
    meta.dataset.chosen = "";
    document.head.prepend(meta);
  }
  const named = ${PREFIX.toString()}.exec(location.pathname)?.[1];
  const candidates = [chosen, named, ...navigator.languages.map((tag) => tag.toLowerCase().split("-")[0])];
  const wanted = candidates.find((tag) => ${JSON.stringify(LOCALES)}.includes(tag)) || "${DEFAULT_LOCALE}";
  if (wanted !== root.lang) {
    const prefix = wanted === "${DEFAULT_LOCALE}" ? "" : "/" + wanted;
    const rest = location.pathname.replace(${PREFIX.toString()}, "") || "/";${changeLanguage}
  }
})();`;
}

export const START_SCRIPT = startScript(LANGUAGE_ELSEWHERE);
export const NOT_FOUND_START_SCRIPT = startScript(LANGUAGE_HERE);
