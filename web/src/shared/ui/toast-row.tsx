import { Link } from "@/shared/i18n/link";
import { useEffect } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Icon } from "./icon";
import type { ToastAction, VisibleToast } from "./toasts";
import styles from "./toasts.module.css";

/** In milliseconds; errors stay until they are dismissed. */
const DEFAULT_DURATION = 8_000;

interface ToastRowProps {
  toast: VisibleToast;
  isHeld: boolean;
  close: (key: string) => void;
  remove: (key: string) => void;
}

export function ToastRow({ toast, isHeld, close, remove }: ToastRowProps) {
  const { actions: messages, report } = useMessages();
  const { key, kind, text, note, detail, progress, actions = [] } = toast;
  const duration = toast.duration === undefined ? defaultDuration(kind) : toast.duration;

  useEffect(() => {
    if (isHeld || duration === null) {
      return;
    }
    const timer = setTimeout(() => {
      close(key);
    }, duration);
    return () => {
      clearTimeout(timer);
    };
  }, [isHeld, key, duration, close]);

  return (
    <div className={`${styles.toast} ${styles[kind]}`}>
      <div className={styles.content}>
        <p>{text}</p>
        {detail && (
          <p className={styles.detail} lang="en">
            {detail}
          </p>
        )}
        {note && (
          <p aria-live="off" className={styles.detail}>
            {note}
          </p>
        )}
        {/* The note says the same. */}
        {progress !== undefined && <progress aria-hidden="true" className={styles.bar} value={progress} />}
        {actions.length > 0 && (
          <div aria-live="off" className={styles.actions}>
            {actions.map((action) => (
              <Action
                key={action.text}
                action={action}
                onClose={() => {
                  remove(key);
                }}
              />
            ))}
          </div>
        )}
      </div>
      <button
        aria-label={report.actionOn(messages.dismiss, text)}
        className={styles.close}
        title={messages.dismiss}
        type="button"
        onClick={() => {
          close(key);
        }}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}

function Action({ action, onClose }: { action: ToastAction; onClose: () => void }) {
  if ("href" in action) {
    return (
      <Link className={styles.action} href={action.href} prefetch={false}>
        {action.text}
      </Link>
    );
  }
  const { text, onSelect, keepsToast = false } = action;
  return (
    <button
      className={styles.action}
      type="button"
      onClick={() => {
        if (!keepsToast) {
          onClose();
        }
        onSelect();
      }}
    >
      {text}
    </button>
  );
}

function defaultDuration(kind: VisibleToast["kind"]): number | null {
  return kind === "error" ? null : DEFAULT_DURATION;
}
