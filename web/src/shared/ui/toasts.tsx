"use client";

import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { ToastRegion } from "./toast-region";

/** A link, or a button. */
export type ToastAction = { text: string } & (
  | { href: string }
  | {
      onSelect: () => void;
      /** Otherwise the toast goes, without a call of its `onClose`. */
      keepsToast?: boolean;
    }
);

export interface Toast {
  kind: "info" | "success" | "error";
  /** Screen readers announce it, and each change of it. */
  text: string;
  /** May change often: it is not announced. */
  note?: string | undefined;
  /** The API's own explanation, in English. */
  detail?: string | undefined;
  /** From 0 to 1. */
  progress?: number | undefined;
  actions?: readonly ToastAction[];
  /** A toast replaces the one with the same key in its place. */
  key?: string;
  /** In milliseconds while the user can see it and neither points at it nor focuses it; null for no limit. */
  duration?: number | null;
  /** Called if the toast is dismissed, expires, or makes room for others. */
  onClose?: () => void;
}

export type VisibleToast = Toast & { key: string };

interface Toasts {
  show: (toast: Toast) => void;
  /** Removes a toast without a call of its `onClose`. */
  remove: (key: string) => void;
  /** Lets screen readers say a text that no toast shows. */
  announce: (text: string) => void;
}

const MAX_VISIBLE = 3;
/** More would cover most of a phone. */
const MAX_VISIBLE_ON_PHONES = 2;
/** In pixels. */
const PHONE_WIDTH = 544;
/** How long an announcement stays in the page, in milliseconds. */
const ANNOUNCEMENT_DURATION = 3_000;

const noop = () => undefined;
const ToastContext = createContext<Toasts>({ show: noop, remove: noop, announce: noop });

export function useToasts(): Toasts {
  return use(ToastContext);
}

export function useToast(): Toasts["show"] {
  return use(ToastContext).show;
}

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly VisibleToast[]>([]);
  const latest = useRef(toasts);
  const [announcement, setAnnouncement] = useState("");

  const change = useCallback((next: readonly VisibleToast[]) => {
    latest.current = next;
    setToasts(next);
  }, []);

  const remove = useCallback(
    (key: string) => {
      if (latest.current.some((toast) => toast.key === key)) {
        change(latest.current.filter((toast) => toast.key !== key));
      }
    },
    [change],
  );

  const close = useCallback(
    (key: string) => {
      const closed = latest.current.find((toast) => toast.key === key);
      remove(key);
      closed?.onClose?.();
    },
    [remove],
  );

  const show = useCallback(
    (toast: Toast) => {
      lastId += 1;
      const added = { ...toast, key: toast.key ?? `toast-${lastId}` };
      const shown = latest.current;
      if (shown.some(({ key }) => key === added.key)) {
        change(shown.map((other) => (other.key === added.key ? added : other)));
        return;
      }
      change([...shown, added]);
      const max = window.innerWidth <= PHONE_WIDTH ? MAX_VISIBLE_ON_PHONES : MAX_VISIBLE;
      for (const { key } of shown.slice(0, Math.max(0, shown.length + 1 - max))) {
        close(key);
      }
    },
    [change, close],
  );

  const announce = useCallback((text: string) => {
    setAnnouncement(text);
    setTimeout(() => {
      setAnnouncement((current) => (current === text ? "" : current));
    }, ANNOUNCEMENT_DURATION);
  }, []);

  const value = useMemo(() => ({ show, remove, announce }), [show, remove, announce]);
  return (
    <ToastContext value={value}>
      {children}
      <ToastRegion close={close} remove={remove} toasts={toasts} />
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
    </ToastContext>
  );
}
