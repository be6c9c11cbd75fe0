"use client";

import { useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Field } from "@/shared/ui/field";
import { ModalDialog } from "@/shared/ui/modal-dialog";
import { areEnabled, setEnabled, SHORTCUTS } from "./shortcut-keys";
import styles from "./shortcuts.module.css";

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { shortcuts } = useMessages();
  const [isEnabled, setChecked] = useState(areEnabled);
  return (
    <ModalDialog title={shortcuts.title} onClose={onClose}>
      <dl className={styles.list}>
        {Object.entries(SHORTCUTS).map(([key, action]) => (
          <div key={key} className={styles.row}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{shortcuts[action]}</dd>
          </div>
        ))}
      </dl>
      <Field help={shortcuts.enabledHelp} id="shortcuts-enabled" label={shortcuts.enabled} layout="checkbox">
        {(control) => (
          <input
            {...control}
            checked={isEnabled}
            type="checkbox"
            onChange={(event) => {
              setChecked(event.target.checked);
              setEnabled(event.target.checked);
            }}
          />
        )}
      </Field>
    </ModalDialog>
  );
}
