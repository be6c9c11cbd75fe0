"use client";

import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { IconButton } from "./button";
import styles from "./modal-dialog.module.css";

interface ModalDialogProps {
  title: string;
  size?: "narrow" | "wide";
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own modal dialog, which traps the focus and restores it. */
export function ModalDialog({ title, size = "narrow", onClose, children }: ModalDialogProps) {
  const { actions } = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // The browser restores the focus only if the dialog is closed before it is removed.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog
      aria-labelledby={titleId}
      className={`${styles.dialog} ${styles[size]}`}
      ref={dialog}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // Only the backdrop: a click on the content has another target.
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      <div className={styles.content}>
        <div className={styles.header}>
          <h2 className={styles.title} id={titleId}>
            {title}
          </h2>
          <IconButton icon="close" label={actions.close} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** The buttons at the end of a dialog, which stay in view while its content scrolls. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
