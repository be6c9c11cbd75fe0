import { useState } from "react";
import { useMessages } from "@/shared/i18n/messages";
import { sampleOf, type Draft } from "../draft";
import { FieldFault } from "./field-fault";
import styles from "./sample-field.module.css";

interface SampleFieldProps {
  draft: Draft;
  population: number | null;
  fault: string | undefined;
  onChange: (change: Pick<Partial<Draft>, "sampled" | "sampleSize">) => void;
}

export function SampleField({ draft, population, fault, onChange }: SampleFieldProps) {
  const { ask } = useMessages();
  const [isTyping, setTyping] = useState(false);
  const sample = sampleOf(draft, population);
  return (
    <fieldset>
      <legend className={styles.title}>{ask.howMany}</legend>
      <div className={styles.options}>
        {option(false, ask.all)}
        {option(true, ask.sample)}
        {draft.sampled && (
          <div className={styles.size}>
            <input
              aria-describedby={fault && "sample_size-fault"}
              aria-invalid={fault !== undefined}
              aria-label={ask.sampleSize}
              className={styles.input}
              id="sample_size"
              inputMode="numeric"
              max={population ?? undefined}
              min={1}
              type="number"
              // As it is typed; else as it is asked for, which is never above the population.
              value={isTyping || sample === null ? draft.sampleSize : sample}
              onBlur={() => {
                setTyping(false);
              }}
              onChange={(event) => {
                setTyping(true);
                onChange({ sampleSize: event.target.value });
              }}
            />
            <span className={styles.population}>{population !== null && ask.population(population)}</span>
            {population !== null && population > 1 && (
              <input
                aria-label={ask.sampleSize}
                className={styles.slider}
                max={population}
                min={1}
                type="range"
                value={sample ?? 1}
                onChange={(event) => {
                  onChange({ sampleSize: event.target.value });
                }}
              />
            )}
          </div>
        )}
      </div>
      <FieldFault field="sample_size" text={fault} />
    </fieldset>
  );

  function option(sampled: boolean, text: string) {
    return (
      <label className={styles.option}>
        <input
          checked={draft.sampled === sampled}
          name="sampled"
          type="radio"
          onChange={() => {
            onChange({ sampled });
          }}
        />
        {text}
      </label>
    );
  }
}
