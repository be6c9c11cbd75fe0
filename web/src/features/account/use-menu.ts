import { useEffect, useRef, useState } from "react";

/** A menu in a `details` element, which Escape and a click or a focus outside close. */
export function useMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const returnFocus = () => menu.current?.querySelector("summary")?.focus();
    const closeOutside = ({ target }: Event) => {
      const element = menu.current;
      if (element?.open && target instanceof Node && !element.contains(target)) {
        element.open = false;
        // A click on something that takes the focus keeps it.
        if (document.activeElement === document.body || element.contains(document.activeElement)) {
          returnFocus();
        }
      }
    };
    const closeOnEscape = ({ key }: KeyboardEvent) => {
      if (key === "Escape" && menu.current?.open) {
        menu.current.open = false;
        returnFocus();
      }
    };
    document.addEventListener("click", closeOutside);
    document.addEventListener("focusin", closeOutside);
    document.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("click", closeOutside);
      document.removeEventListener("focusin", closeOutside);
      document.removeEventListener("keydown", closeOnEscape);
    };
  }, []);

  const onToggle = () => {
    setOpen(menu.current?.open ?? false);
  };
  const close = () => {
    if (menu.current) {
      menu.current.open = false;
    }
  };
  return { isOpen, close, details: { ref: menu, onToggle } };
}
