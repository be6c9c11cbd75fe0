import { STORAGE_KEY, type Locale } from "@/shared/i18n/locale";

/** The reader's place on a page, for the same page in another language. */
interface Place {
  y: number;
  hasFocus: boolean;
}

const PLACE_KEY = "place";
/** In milliseconds. After this long, all parts of the page have their size. */
const PATIENCE = 15_000;
const ACTIONS = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

export function rememberLanguage(locale: Locale): void {
  try {
    localStorage.setItem(STORAGE_KEY, locale);
  } catch {
    // Without storage, the path alone decides.
  }
}

export function rememberPlace(hasFocus: boolean): void {
  const place: Place = { y: window.scrollY, hasFocus };
  try {
    sessionStorage.setItem(PLACE_KEY, JSON.stringify(place));
  } catch {
    // Without storage, the page opens at its top.
  }
}

/** Returns to the place in the other language, if there is one. The result stops trying. */
export function restorePlace(focus: () => void): () => void {
  const place = takePlace();
  if (place?.hasFocus) {
    focus();
  }
  return place && place.y > 0 ? holdAt(place.y) : () => undefined;
}

function takePlace(): Place | null {
  try {
    const stored = sessionStorage.getItem(PLACE_KEY);
    sessionStorage.removeItem(PLACE_KEY);
    return stored === null ? null : (JSON.parse(stored) as Place);
  } catch {
    return null;
  }
}

/** Scrolls there whenever a part of the page gets its size, until the reader does something. */
function holdAt(y: number): () => void {
  const { style } = document.documentElement;
  // Otherwise, the browser itself scrolls by the height of each part that appears above.
  style.overflowAnchor = "none";
  const scroll = () => {
    window.scrollTo({ top: y, behavior: "instant" });
  };
  const observer = new ResizeObserver(scroll);
  const timer = setTimeout(() => {
    stop();
  }, PATIENCE);
  const stop = () => {
    style.overflowAnchor = "";
    observer.disconnect();
    clearTimeout(timer);
    for (const action of ACTIONS) {
      window.removeEventListener(action, stop);
    }
  };
  for (const action of ACTIONS) {
    window.addEventListener(action, stop, { passive: true });
  }
  observer.observe(document.body);
  return stop;
}
