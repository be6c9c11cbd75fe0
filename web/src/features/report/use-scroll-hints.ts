import { useEffect, useRef, type RefObject } from "react";

/**
 * Marks the parent of a scroll container with `data-more-start` and `data-more-end` while there is more to see
 * on that side. Returns the ref of the container.
 */
export function useScrollHints(): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = ref.current;
    const frame = box?.parentElement;
    if (!box || !frame) {
      return;
    }
    const update = () => {
      // Positions can be fractions of a pixel.
      frame.toggleAttribute("data-more-start", box.scrollLeft > 1);
      frame.toggleAttribute("data-more-end", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
    };
    update();
    const observer = new ResizeObserver(update);
    for (const element of [box, ...box.children]) {
      observer.observe(element);
    }
    box.addEventListener("scroll", update, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", update);
    };
  }, []);
  return ref;
}
