"use client";

import Link from "next/link";
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from "react";
import { useMessages } from "@/shared/i18n/messages";
import { Icon } from "./icon";
import styles from "./toasts.module.css";

export interface Toast {
  kind: "good" | "bad";
  text: string;
  /** The server's own words, which are English. */
  detail?: string | undefined;
  link?: { href: string; text: string };
}

interface Shown extends Toast {
  id: number;
}

type Tell = (toast: Toast) => void;

/** Good news goes by itself; bad news stays until it is dismissed. */
const GOOD_NEWS_MILLISECONDS = 8_000;
const MOST_AT_ONCE = 4;

const ToastContext = createContext<Tell>(() => undefined);

export function useToast(): Tell {
  return use(ToastContext);
}

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const { actions } = useMessages();
  const [shown, setShown] = useState<Shown[]>([]);

  const tell = useCallback<Tell>((toast) => {
    lastId += 1;
    const id = lastId;
    setShown((toasts) => [...toasts.slice(1 - MOST_AT_ONCE), { ...toast, id }]);
  }, []);

  const dismiss = useCallback((id: number) => {
    setShown((toasts) => toasts.filter((toast) => toast.id !== id));
  }, []);

  return (
    <ToastContext value={tell}>
      {children}
      <section aria-label={actions.messages} className={styles.region}>
        <div role="status">{shown.filter(isGood).map(row)}</div>
        <div role="alert">{shown.filter((toast) => !isGood(toast)).map(row)}</div>
      </section>
    </ToastContext>
  );

  function row(toast: Shown) {
    return <ToastRow key={toast.id} dismiss={dismiss} toast={toast} />;
  }
}

function isGood(toast: Toast): boolean {
  return toast.kind === "good";
}

function ToastRow({ toast, dismiss }: { toast: Shown; dismiss: (id: number) => void }) {
  const { actions } = useMessages();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (held || !isGood(toast)) {
      return;
    }
    const timer = setTimeout(() => {
      dismiss(toast.id);
    }, GOOD_NEWS_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [held, toast, dismiss]);

  const hold = () => {
    setHeld(true);
  };
  const release = () => {
    setHeld(false);
  };
  return (
    <div
      className={`${styles.toast} ${styles[toast.kind]}`}
      onBlur={release}
      onFocus={hold}
      onMouseEnter={hold}
      onMouseLeave={release}
    >
      <p className={styles.text}>
        {toast.text}
        {toast.detail && (
          <span className={styles.detail} lang="en">
            {toast.detail}
          </span>
        )}
      </p>
      {toast.link && (
        <Link className={styles.link} href={toast.link.href}>
          {toast.link.text}
        </Link>
      )}
      <button
        aria-label={actions.dismiss}
        className={styles.close}
        type="button"
        onClick={() => {
          dismiss(toast.id);
        }}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
