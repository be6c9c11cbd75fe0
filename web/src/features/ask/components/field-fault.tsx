import type { Field } from "../draft";
import styles from "./field-fault.module.css";

/** What is wrong with a field, beside it; the field names it in `aria-describedby` as `<field>-fault`. */
export function FieldFault({ field, text }: { field: Field; text: string | undefined }) {
  return (
    text && (
      <p className={styles.fault} id={`${field}-fault`}>
        {text}
      </p>
    )
  );
}
