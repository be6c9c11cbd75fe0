export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_KEY = "theme";
/** The paper of each theme, which a phone's browser shows around the page. */
export const THEME_COLORS = { light: "#f8f6f1", dark: "#12131c" };

const listeners = new Set<() => void>();

export function currentTheme(): Theme {
  return themeOf(document.documentElement.dataset.theme);
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Without storage, the choice lasts as long as the page.
  }
  apply(theme);
}

export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.removeEventListener("storage", onStorage);
    }
  };
}

/** Another tab chose a theme. */
function onStorage({ key, newValue }: StorageEvent): void {
  if (key === THEME_KEY) {
    apply(themeOf(newValue));
  }
}

function apply(theme: Theme): void {
  const { dataset } = document.documentElement;
  // The start script adds this element for the theme that is chosen before the first paint.
  document.querySelector("meta[data-chosen]")?.remove();
  if (theme === "system") {
    delete dataset.theme;
  } else {
    dataset.theme = theme;
    const meta = document.createElement("meta");
    meta.name = "theme-color";
    meta.content = THEME_COLORS[theme];
    meta.dataset.chosen = "";
    // The first one that matches counts; the others follow the system's theme.
    document.head.prepend(meta);
  }
  for (const listener of listeners) {
    listener();
  }
}

function themeOf(value: string | null | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
