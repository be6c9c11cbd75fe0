import { useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { errorId, FieldGroup, type FieldError } from "@/shared/ui/field";
import textInput from "@/shared/ui/text-input.module.css";
import { sampleOf, type Draft } from "../draft";
import styles from "./sample-field.module.css";

const ID = "sample_size";

interface SampleFieldProps {
  draft: Draft;
  population: number | null;
  error: FieldError | undefined;
  onChange: (changes: Pick<Partial<Draft>, "isSample" | "sampleSize">) => void;
}

/** All matching Pokémon, or a random sample of a given size. */
export function SampleField({ draft, population, error, onChange }: SampleFieldProps) {
  const { newReport } = useMessages();
  return (
    <FieldGroup error={error} id={ID} label={newReport.quantity}>
      <div className={styles.options}>
        {[false, true].map((isSample) => (
          <label key={String(isSample)} className={styles.option}>
            <input
              checked={draft.isSample === isSample}
              name="quantity"
              type="radio"
              onChange={() => {
                onChange({ isSample });
              }}
            />
            {isSample ? newReport.sample : newReport.all}
          </label>
        ))}
        {draft.isSample && (
          <SampleSize
            draft={draft}
            isInvalid={error !== undefined}
            population={population}
            onChange={(sampleSize) => {
              onChange({ sampleSize });
            }}
          />
        )}
      </div>
    </FieldGroup>
  );
}

interface SampleSizeProps {
  draft: Draft;
  population: number | null;
  isInvalid: boolean;
  onChange: (size: string) => void;
}

function SampleSize({ draft, population, isInvalid, onChange }: SampleSizeProps) {
  const { newReport } = useMessages();
  const [isTyping, setTyping] = useState(false);
  const sample = sampleOf(draft, population);
  return (
    <div className={styles.size}>
      <input
        aria-describedby={isInvalid ? errorId(ID) : undefined}
        aria-invalid={isInvalid}
        aria-label={newReport.sampleSize}
        className={`${textInput.input} ${styles.input}`}
        id={ID}
        inputMode="numeric"
        max={population ?? undefined}
        min={1}
        type="number"
        // While typing, the text as typed; otherwise the requested size, which is at most the population.
        value={isTyping || sample === null ? draft.sampleSize : sample}
        onBlur={() => {
          setTyping(false);
        }}
        onChange={(event) => {
          setTyping(true);
          onChange(event.target.value);
        }}
      />
      <span className={styles.population}>{population !== null && newReport.population(population)}</span>
      {population !== null && population > 1 && (
        <input
          aria-label={newReport.sampleSizeSlider}
          className={styles.slider}
          max={population}
          min={1}
          type="range"
          value={sample ?? 1}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
    </div>
  );
}
