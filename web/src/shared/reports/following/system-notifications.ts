import { localeOfPath, localPath } from "@/shared/i18n/locale";

/** Notifications of the operating system, which users see while the tab is in the background. */

type Permission = NotificationPermission | "unsupported";

const listeners = new Set<() => void>();

export function currentPermission(): Permission {
  // Browsers of phones have the constructor, but it throws.
  return "Notification" in window && window.matchMedia("(pointer: fine)").matches
    ? Notification.permission
    : "unsupported";
}

export function subscribeToPermission(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Browsers show their question only after a click. */
export async function askForPermission(): Promise<void> {
  await Notification.requestPermission();
  for (const listener of listeners) {
    listener();
  }
}

/** Shows a notification if the user does not see the page and allows it. A click on it opens a path. */
export function notify(title: string, path: string): void {
  if (!document.hidden || currentPermission() !== "granted") {
    return;
  }
  const notification = new Notification(title, { tag: path });
  notification.onclick = () => {
    window.focus();
    window.location.assign(localPath(path, localeOfPath(window.location.pathname)));
  };
}
