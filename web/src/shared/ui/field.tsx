import type { ReactNode } from "react";
import styles from "./field.module.css";

const INVALID = "[aria-invalid='true']";

export interface FieldError {
  text: string;
  /** The text's language, where it is not the page's: the API's own texts are English. */
  lang?: "en";
}

interface FieldBaseProps {
  /** The start of the ids of the control, its help and its error. */
  id: string;
  label: ReactNode;
  help?: string;
  error?: FieldError | undefined;
}

interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
}

interface FieldProps extends FieldBaseProps {
  layout?: "stacked" | "checkbox";
  /** Renders the control with the attributes that tie it to its label, help and error. */
  children: (control: ControlProps) => ReactNode;
}

/** One control with its label, help and error. */
export function Field({ id, label, help, error, layout = "stacked", children }: FieldProps) {
  const control = children({
    id,
    "aria-describedby": descriptionIds(id, help, error),
    "aria-invalid": error !== undefined,
  });
  return (
    <div className={styles[layout]}>
      {layout === "checkbox" && control}
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {layout === "stacked" && control}
      {help && (
        <p className={styles.help} id={`${id}-help`}>
          {help}
        </p>
      )}
      <FieldErrorText error={error} id={id} />
    </div>
  );
}

interface FieldGroupProps extends FieldBaseProps {
  hideLabel?: boolean;
  children: ReactNode;
}

/** Several controls that together are one field. */
export function FieldGroup({ id, label, hideLabel = false, error, children }: FieldGroupProps) {
  return (
    // Not in the tab order: the focus moves here if the group has an error.
    <fieldset aria-describedby={descriptionIds(id, undefined, error)} tabIndex={error && -1}>
      <legend className={hideLabel ? "visually-hidden" : styles.legend}>{label}</legend>
      {children}
      <FieldErrorText error={error} id={id} />
    </fieldset>
  );
}

function FieldErrorText({ id, error }: { id: string; error: FieldError | undefined }) {
  return (
    error && (
      <p className={styles.error} data-field-error="" id={errorId(id)} lang={error.lang}>
        {error.text}
      </p>
    )
  );
}

/** The id of a field's error, for `aria-describedby`. */
export function errorId(id: string): string {
  return `${id}-error`;
}

function descriptionIds(id: string, help: string | undefined, error: FieldError | undefined) {
  const ids = [help && `${id}-help`, error && errorId(id)].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/**
 * Moves the focus to the first invalid control. In an invalid group without one, it moves to the group itself,
 * because an arrow key would change a focused radio button.
 */
export function focusFirstError(container: HTMLElement | null): void {
  const field = container?.querySelector<HTMLElement>(`${INVALID}, fieldset:has(> [data-field-error])`);
  const control = field?.querySelector<HTMLElement>(INVALID) ?? field;
  control?.focus({ preventScroll: true });
  control?.scrollIntoView({ block: "center" });
}
