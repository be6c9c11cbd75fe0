"use client";

import { lazy, useEffect, useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { useRouter } from "@/shared/i18n/link";
import { LazyPart } from "@/shared/ui/lazy-part";
import { actionOf, type ShortcutAction } from "./shortcut-keys";
import { focusItem, focusNewReport, focusSearch } from "./shortcut-targets";
import styles from "./shortcuts.module.css";

const ShortcutsDialog = lazy(() => import("./shortcuts-dialog"));

/** Handles the keys, and shows a button that explains them. */
export function Shortcuts() {
  const { shortcuts } = useMessages();
  const { push } = useRouter();
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const actions: Record<ShortcutAction, () => boolean> = {
      search: focusSearch,
      create: () => {
        if (!document.querySelector("[data-shortcut=create]")) {
          push("/");
        }
        focusNewReport();
        return true;
      },
      next: () => focusItem(1),
      previous: () => focusItem(-1),
      help: () => {
        setOpen(true);
        return true;
      },
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action && actions[action]()) {
        event.preventDefault();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [push]);

  return (
    <>
      <button
        className={styles.button}
        type="button"
        onClick={() => {
          setOpen(true);
        }}
      >
        {shortcuts.title}
      </button>
      {isOpen && (
        <LazyPart>
          <ShortcutsDialog
            onClose={() => {
              setOpen(false);
            }}
          />
        </LazyPart>
      )}
    </>
  );
}
