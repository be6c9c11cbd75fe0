import { useRef, useState, useSyncExternalStore } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Button, IconButton } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { ModalDialog } from "@/shared/ui/modal-dialog";
import { useToast } from "@/shared/ui/toasts";
import textInput from "@/shared/ui/text-input.module.css";
import type { Draft } from "../draft";
import { storedPresets } from "../presets";
import styles from "./dialogs.module.css";

interface PresetsDialogProps {
  draft: Draft;
  onApply: (draft: Draft) => void;
  onClose: () => void;
}

const MAX_NAME_LENGTH = 80;

/** Saves the choices of the form under a name, applies and deletes them. */
export default function PresetsDialog({ draft, onApply, onClose }: PresetsDialogProps) {
  const { form } = useMessages();
  const showToast = useToast();
  const [name, setName] = useState("");
  const presets = useSyncExternalStore(storedPresets.subscribe, storedPresets.read, storedPresets.read);

  const input = useRef<HTMLInputElement>(null);
  const without = (removed: string) => presets.filter((preset) => preset.name !== removed);

  const save = () => {
    const trimmed = name.trim();
    if (trimmed !== "") {
      storedPresets.write([...without(trimmed), { name: trimmed, choices: { ...draft, name: "" } }]);
      setName("");
    }
    input.current?.focus();
  };
  return (
    <ModalDialog title={form.presets} onClose={onClose}>
      <p className={styles.help}>{form.presetsHelp}</p>
      {presets.length === 0 ? (
        <p>{form.noPresets}</p>
      ) : (
        <ul className={styles.presets}>
          {presets.map((preset) => (
            <li key={preset.name} className={styles.preset}>
              <Button
                aria-label={form.applyPreset(preset.name)}
                variant="bare"
                onClick={() => {
                  onApply({ ...preset.choices, name: draft.name });
                  showToast({ kind: "success", text: form.presetApplied(preset.name) });
                  onClose();
                }}
              >
                {preset.name}
              </Button>
              <IconButton
                icon="delete"
                label={form.deletePreset(preset.name)}
                onClick={() => {
                  storedPresets.write(without(preset.name));
                  // The button with the focus is removed.
                  input.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <Field id="preset" label={form.presetName}>
        {(control) => (
          <div className={styles.save}>
            <input
              {...control}
              autoComplete="off"
              className={textInput.input}
              maxLength={MAX_NAME_LENGTH}
              ref={input}
              value={name}
              onChange={(event) => {
                setName(event.target.value);
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter") {
                  // It would submit the form that the dialog is part of.
                  event.preventDefault();
                  save();
                }
              }}
            />
            <Button onClick={save}>{form.savePreset}</Button>
          </div>
        )}
      </Field>
    </ModalDialog>
  );
}
