const STORAGE_KEY = "return-path";

/** The URL to sign in at a provider, and to return to this page afterwards. */
export function signInUrl(provider: string): string {
  return `/.auth/login/${provider}?post_login_redirect_uri=${encodeURIComponent(window.location.href)}`;
}

/**
 * Remembers the page that the user leaves to sign in. Static Web Apps may drop the query of the URL it returns to.
 * Source: https://dev.to/johnnyreilly/deep-linking-with-azure-static-web-apps-and-easy-auth-26in
 */
export function rememberPath(): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, window.location.pathname + window.location.search);
  } catch {
    // Without storage, the user returns to the page without its query.
  }
}

/** Restores a dropped query. A part of the start script, because Next's router reads the URL when it starts. */
export const RESTORE_PATH = `
  try {
    const path = sessionStorage.getItem("${STORAGE_KEY}");
    sessionStorage.removeItem("${STORAGE_KEY}");
    if (path && !location.search && path.split("?")[0] === location.pathname) {
      history.replaceState(null, "", path);
    }
  } catch {}`;
