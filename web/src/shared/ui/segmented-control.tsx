import type { ReactNode } from "react";
import { RadioOption } from "./radio-option";
import styles from "./segmented-control.module.css";

interface SegmentedControlProps<Option extends string> {
  name: string;
  options: readonly Option[];
  value: Option;
  size: "small" | "large";
  /** The accessible name of an option. */
  format: (option: Option) => string;
  /** The visible content of an option. */
  render: (option: Option) => ReactNode;
  onChange: (option: Option) => void;
}

/** A choice between a few options that are all visible; goes inside a `FieldGroup`. */
export function SegmentedControl<Option extends string>(props: SegmentedControlProps<Option>) {
  const { name, options, value, size, format, render, onChange } = props;
  return (
    <div className={`${styles.track} ${styles[size]}`}>
      {options.map((option) => (
        <RadioOption
          key={option}
          checked={value === option}
          className={styles.segment ?? ""}
          label={format(option)}
          name={name}
          value={option}
          onSelect={() => {
            onChange(option);
          }}
        >
          {render(option)}
        </RadioOption>
      ))}
    </div>
  );
}
