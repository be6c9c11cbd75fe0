import type { ReactNode } from "react";
import styles from "./segments.module.css";

interface SegmentsProps<Choice extends string> {
  label: string;
  name: string;
  choices: readonly Choice[];
  value: Choice;
  /** What a choice is called, for those who hear it or point at it. */
  say: (choice: Choice) => string;
  /** How a choice looks. */
  show: (choice: Choice) => ReactNode;
  onChange: (choice: Choice) => void;
}

/** One of a few choices, all in sight. */
export function Segments<Choice extends string>(props: SegmentsProps<Choice>) {
  const { label, name, choices, value, say, show, onChange } = props;
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice} className={styles.segment} title={say(choice)}>
          <input
            aria-label={say(choice)}
            checked={value === choice}
            name={name}
            type="radio"
            value={choice}
            onChange={() => {
              onChange(choice);
            }}
          />
          <span aria-hidden="true">{show(choice)}</span>
        </label>
      ))}
    </fieldset>
  );
}
