"use client";

import Link from "next/link";
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Icon } from "./icon";
import styles from "./toasts.module.css";

export interface Toast {
  kind: "success" | "error";
  text: string;
  /** The API's own explanation, in English. */
  detail?: string | undefined;
  link?: { href: string; text: string };
}

interface VisibleToast extends Toast {
  id: number;
}

type ShowToast = (toast: Toast) => void;

/** In milliseconds; errors stay until they are dismissed. */
const SUCCESS_DURATION = 8_000;
const MAX_VISIBLE = 4;

const ToastContext = createContext<ShowToast>(() => undefined);

export function useToast(): ShowToast {
  return use(ToastContext);
}

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const { actions } = useMessages();
  const [toasts, setToasts] = useState<VisibleToast[]>([]);

  const showToast = useCallback<ShowToast>((toast) => {
    lastId += 1;
    const id = lastId;
    setToasts((current) => [...current.slice(1 - MAX_VISIBLE), { ...toast, id }]);
  }, []);

  const dismiss = useCallback((id: number) => {
    setToasts((current) => current.filter((toast) => toast.id !== id));
  }, []);

  return (
    <ToastContext value={showToast}>
      {children}
      <section aria-label={actions.notifications} className={styles.region}>
        <div role="status">
          {toasts.filter(isSuccess).map((toast) => (
            <ToastRow key={toast.id} dismiss={dismiss} toast={toast} />
          ))}
        </div>
        <div role="alert">
          {toasts
            .filter((toast) => !isSuccess(toast))
            .map((toast) => (
              <ToastRow key={toast.id} dismiss={dismiss} toast={toast} />
            ))}
        </div>
      </section>
    </ToastContext>
  );
}

function isSuccess(toast: Toast): boolean {
  return toast.kind === "success";
}

function ToastRow({ toast, dismiss }: { toast: VisibleToast; dismiss: (id: number) => void }) {
  const { actions } = useMessages();
  const [isHeld, setHeld] = useState(false);

  useEffect(() => {
    if (isHeld || !isSuccess(toast)) {
      return;
    }
    const timer = setTimeout(() => {
      dismiss(toast.id);
    }, SUCCESS_DURATION);
    return () => {
      clearTimeout(timer);
    };
  }, [isHeld, toast, dismiss]);

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
