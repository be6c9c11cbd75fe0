import { useMessages } from "@/shared/i18n/language-provider";
import { Field } from "@/shared/ui/field";
import textInput from "@/shared/ui/text-input.module.css";
import type { Draft } from "../draft";
import type { FieldErrors } from "../field-errors";
import { ColumnPicker } from "./column-picker";
import styles from "./advanced-fields.module.css";

interface AdvancedFieldsProps {
  draft: Draft;
  errors: FieldErrors;
  onChange: (changes: Pick<Partial<Draft>, "seed" | "columns">) => void;
}

/** The seed and the columns, collapsed unless one of them has an error. */
export function AdvancedFields({ draft, errors, onChange }: AdvancedFieldsProps) {
  const { newReport } = useMessages();
  const hasError = errors.seed !== undefined || errors.columns !== undefined;
  return (
    <details className={styles.details} open={hasError || undefined}>
      <summary>{newReport.advanced}</summary>
      <div className={styles.fields}>
        <Field error={errors.seed} help={newReport.seedHelp} id="seed" label={newReport.seed}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              className={`${textInput.input} ${styles.seed}`}
              inputMode="numeric"
              value={draft.seed}
              onChange={(event) => {
                onChange({ seed: event.target.value });
              }}
            />
          )}
        </Field>
        <ColumnPicker
          error={errors.columns}
          value={draft.columns}
          onChange={(columns) => {
            onChange({ columns });
          }}
        />
      </div>
    </details>
  );
}
