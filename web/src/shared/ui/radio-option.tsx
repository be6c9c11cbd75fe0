import type { ReactNode } from "react";
import styles from "./radio-option.module.css";

interface RadioOptionProps {
  name: string;
  value: string;
  checked: boolean;
  /** The accessible name and tooltip, where the content is an abbreviation or an icon. */
  label?: string | undefined;
  className: string;
  onSelect: () => void;
  children: ReactNode;
}

/** A radio button that looks like its content: the input covers it, invisibly. */
export function RadioOption(props: RadioOptionProps) {
  const { name, value, checked, label, className, onSelect, children } = props;
  return (
    <label className={`${styles.option} ${className}`} title={label}>
      <input
        aria-label={label}
        checked={checked}
        className={styles.input}
        name={name}
        type="radio"
        value={value}
        onChange={onSelect}
      />
      {label === undefined ? children : <span aria-hidden="true">{children}</span>}
    </label>
  );
}
