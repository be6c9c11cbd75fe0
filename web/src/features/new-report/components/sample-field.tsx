import { useMessages } from "@/shared/i18n/language-provider";
import { errorId, Field, FieldGroup } from "@/shared/ui/field";
import textInput from "@/shared/ui/text-input.module.css";
import { exceedsPopulation, sampleOf, type Draft } from "../draft";
import type { FieldErrors } from "../field-errors";
import styles from "./sample-field.module.css";

const ID = "sample_size";
const NOTE_ID = `${ID}-note`;

interface SampleFieldProps {
  draft: Draft;
  population: number | null;
  errors: FieldErrors;
  onChange: (changes: Pick<Partial<Draft>, "isSample" | "sampleSize" | "seed">) => void;
}

/** All matching Pokémon, or a random sample of a given size, with its seed. */
export function SampleField({ draft, population, errors, onChange }: SampleFieldProps) {
  const { newReport } = useMessages();
  return (
    <FieldGroup error={errors.sample_size} id={ID} label={newReport.quantity}>
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
          <div className={styles.sample}>
            <SampleSize
              draft={draft}
              isInvalid={errors.sample_size !== undefined}
              population={population}
              onChange={(sampleSize) => {
                onChange({ sampleSize });
              }}
            />
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
          </div>
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
  const { newReport, form } = useMessages();
  const isTooLarge = exceedsPopulation(draft, population);
  const description = [isInvalid && errorId(ID), isTooLarge && NOTE_ID].filter(Boolean).join(" ");
  return (
    <div className={styles.size}>
      <input
        aria-describedby={description || undefined}
        aria-invalid={isInvalid}
        aria-label={newReport.sampleSize}
        className={`${textInput.input} ${styles.input}`}
        id={ID}
        inputMode="numeric"
        min={1}
        type="number"
        value={draft.sampleSize}
        onChange={(event) => {
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
          value={sampleOf(draft, population) ?? population}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
      <p className={styles.note} id={NOTE_ID} role="status">
        {isTooLarge && form.wholePopulation(population ?? 0)}
      </p>
    </div>
  );
}
