"use client";

import { useEffect } from "react";

/** Marks what opens above the page, as a dialog does. When it goes, the focus returns to where it was before. */
export const LAYER = "data-layer";

const LAYERS = `dialog, [${LAYER}]`;
const FOCUSABLE =
  "a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex='0']";

/** An element and its ancestors, each with its index in its parent. */
type Place = readonly { element: Element; index: number }[];

/** If the focused element disappears from the page, focuses what took its place, or the section it was in. */
export function FocusKeeper(): null {
  useEffect(() => {
    let place: Place = [];
    let beforeLayer: Place = [];

    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) {
        return;
      }
      const last = place[0]?.element;
      if (last && target.closest(LAYERS) && !last.closest(LAYERS)) {
        beforeLayer = place;
      }
      place = placeOf(target);
    };
    const restore = () => {
      const focused = place[0]?.element;
      if (!focused || focused.isConnected || document.activeElement !== document.body) {
        return;
      }
      const layer = place.findIndex(({ element }) => element.matches(LAYERS));
      const target =
        layer === -1 ? successor(place) : (successor(place.slice(0, layer)) ?? successor(beforeLayer));
      place = [];
      target?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(restore);
    document.addEventListener("focusin", remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, []);
  return null;
}

function placeOf(target: Element): Place {
  const place: { element: Element; index: number }[] = [];
  for (
    let element: Element | null = target;
    element && element !== document.body;
    element = element.parentElement
  ) {
    place.push({ element, index: indexOf(element) });
  }
  return place;
}

function indexOf(element: Element): number {
  return [...(element.parentElement?.children ?? [])].indexOf(element);
}

function successor(place: Place): HTMLElement | null {
  let index: number | null = null;
  for (const { element, index: ownIndex } of place) {
    if (element.isConnected) {
      const found =
        index === null
          ? element
          : (targetIn(element.children[index]) ??
            targetIn(element.children[index - 1]) ??
            sectionAt(element));
      if (found instanceof HTMLElement) {
        return found;
      }
    }
    index = ownIndex;
  }
  return null;
}

/** A title stands for what it names, and a link in it is the way there. */
function targetIn(element: Element | undefined): Element | null {
  if (!element) {
    return null;
  }
  const title = element.querySelector("h1");
  if (title) {
    return madeFocusable(title);
  }
  return (
    element.querySelector(":is(h2, h3, h4) a[href]") ??
    (element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE))
  );
}

function sectionAt(element: Element): Element | null {
  return element.matches("section, form, main") ? madeFocusable(element) : null;
}

function madeFocusable(element: Element): Element {
  if (!element.hasAttribute("tabindex")) {
    element.setAttribute("tabindex", "-1");
  }
  return element;
}
