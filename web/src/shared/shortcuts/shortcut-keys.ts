/** The keys, and what they do. Each is one character, so a user can turn all of them off (WCAG 2.1.4). */

export const SHORTCUTS = { "/": "search", n: "create", j: "next", k: "previous", "?": "help" } as const;

export type ShortcutAction = (typeof SHORTCUTS)[keyof typeof SHORTCUTS];

const STORAGE_KEY = "shortcuts";
const OFF = "off";
/** Elements in which a character is text or chooses an option. */
const TYPING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

export function areEnabled(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== OFF;
  } catch {
    return true;
  }
}

export function setEnabled(isEnabled: boolean): void {
  try {
    if (isEnabled) {
      localStorage.removeItem(STORAGE_KEY);
    } else {
      localStorage.setItem(STORAGE_KEY, OFF);
    }
  } catch {
    // Without storage, the shortcuts stay on.
  }
}

/** What a key press does; null if it is not a shortcut. */
export function actionOf(event: KeyboardEvent): ShortcutAction | null {
  const { key, target } = event;
  const isModified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  const isTyping = target instanceof Element && target.closest(TYPING) !== null;
  if (event.defaultPrevented || isModified || isTyping || document.querySelector("dialog[open]")) {
    return null;
  }
  return key in SHORTCUTS && areEnabled() ? SHORTCUTS[key as keyof typeof SHORTCUTS] : null;
}
