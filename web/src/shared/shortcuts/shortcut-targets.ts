/**
 * Where the shortcuts lead. The features mark their elements: `data-shortcut="create"` the form of a new report, and
 * `data-shortcut="item"` the link of each report or row.
 */

const ITEM = "[data-shortcut=item]";
/** In milliseconds. */
const PATIENCE = 5_000;

/** Returns whether the page has a search. */
export function focusSearch(): boolean {
  const search = visible<HTMLInputElement>("input[type=search]")[0];
  search?.focus();
  search?.select();
  return search !== undefined;
}

/** Returns whether there is another item in this direction. */
export function focusItem(step: 1 | -1): boolean {
  const items = visible<HTMLElement>(ITEM);
  const current = items.findIndex((item) => item.closest("li, tr")?.contains(document.activeElement));
  const next = current < 0 && step < 0 ? undefined : items[current + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return next !== undefined;
}

/** Focuses the heading of the form of a new report, as soon as the page has it. */
export function focusNewReport(): void {
  if (focusHeading()) {
    return;
  }
  const observer = new MutationObserver(() => {
    if (focusHeading()) {
      observer.disconnect();
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => {
    observer.disconnect();
  }, PATIENCE);
}

function focusHeading(): boolean {
  const heading = document.querySelector<HTMLElement>("[data-shortcut=create] h2");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
  return heading !== null;
}

function visible<E extends Element>(selector: string): E[] {
  return [...document.querySelectorAll<E>(selector)].filter((element) => element.checkVisibility());
}
