import { useEffect, useRef, useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { LAYER } from "./focus-keeper";
import { ToastRow } from "./toast-row";
import type { VisibleToast } from "./toasts";
import { useIsHidden } from "./use-is-hidden";
import styles from "./toasts.module.css";

interface ToastRegionProps {
  toasts: readonly VisibleToast[];
  close: (key: string) => void;
  remove: (key: string) => void;
}

/** The key that moves the focus to the toasts, as in other applications. */
const SHORTCUT = "F8";

/** The toasts. Their time stops while the user points at one or focuses one, or does not see the page. */
export function ToastRegion({ toasts, close, remove }: ToastRegionProps) {
  const { actions } = useMessages();
  const region = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [isPointedAt, setPointedAt] = useState(false);
  const isHidden = useIsHidden();

  useEffect(() => {
    const focusRegion = (event: KeyboardEvent) => {
      if (event.key === SHORTCUT) {
        event.preventDefault();
        before.current = document.activeElement;
        region.current?.focus();
      }
    };
    window.addEventListener("keydown", focusRegion);
    return () => {
      window.removeEventListener("keydown", focusRegion);
    };
  }, []);

  // Without toasts there is nothing left to point at or to focus.
  const isHeld = toasts.length > 0 && (isFocused || isPointedAt || isHidden);
  const rows = (isShown: (toast: VisibleToast) => boolean) =>
    toasts
      .filter(isShown)
      .map((toast) => (
        <ToastRow key={toast.key} close={close} isHeld={isHeld} remove={remove} toast={toast} />
      ));
  return (
    <section
      aria-label={`${actions.notifications} (${SHORTCUT})`}
      className={`${styles.region} no-print`}
      ref={region}
      tabIndex={-1}
      {...{ [LAYER]: "" }}
      onBlur={() => {
        setFocused(false);
      }}
      onFocus={() => {
        setFocused(true);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && before.current instanceof HTMLElement) {
          before.current.focus();
        }
      }}
      onMouseEnter={() => {
        setPointedAt(true);
      }}
      onMouseLeave={() => {
        setPointedAt(false);
      }}
    >
      <div aria-atomic="false" role="status">
        {rows((toast) => toast.kind !== "error")}
      </div>
      <div aria-atomic="false" role="alert">
        {rows((toast) => toast.kind === "error")}
      </div>
    </section>
  );
}
