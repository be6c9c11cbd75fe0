import { useMessages } from "@/shared/i18n/language-provider";
import { Field, type FieldError } from "@/shared/ui/field";
import textInput from "@/shared/ui/text-input.module.css";
import styles from "./name-field.module.css";

interface NameFieldProps {
  value: string;
  error: FieldError | undefined;
  onChange: (name: string) => void;
}

/** Of the API, in characters. */
const MAX_LENGTH = 80;

export function NameField({ value, error, onChange }: NameFieldProps) {
  const { form } = useMessages();
  return (
    <Field error={error} help={form.nameHelp} id="name" label={form.name}>
      {(control) => (
        <input
          {...control}
          autoComplete="off"
          className={`${textInput.input} ${styles.name}`}
          maxLength={MAX_LENGTH}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </Field>
  );
}
