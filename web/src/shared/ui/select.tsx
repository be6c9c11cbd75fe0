import type { ReactNode } from "react";
import styles from "./select.module.css";

interface SelectProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

export function Select({ label, hideLabel = false, value, onChange, children }: SelectProps) {
  return (
    <label className={styles.field}>
      <span className={hideLabel ? "visually-hidden" : undefined}>{label}</span>
      <select
        className={styles.select}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        {children}
      </select>
    </label>
  );
}
