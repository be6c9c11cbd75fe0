import type { ProblemError } from "@/shared/api/errors";
import type { FieldError } from "@/shared/ui/field";
import { fieldOf, type Field } from "./draft";

export type FieldErrors = Partial<Record<Field, FieldError>>;

/** The API's errors that belong to a form field, with all errors of a field in one text. */
export function fieldErrorsOf({ problem }: ProblemError): FieldErrors {
  const errors: FieldErrors = {};
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = fieldOf(pointer);
    if (field) {
      errors[field] = { text: [errors[field]?.text, detail].filter(Boolean).join(" "), lang: "en" };
    }
  }
  return errors;
}

/** The API's errors that belong to no form field. */
export function otherErrorsOf({ problem }: ProblemError) {
  return (problem.errors ?? []).filter(({ pointer }) => fieldOf(pointer) === null);
}
