import type { NameCount } from "@/shared/api/names";
import { useMessages } from "@/shared/i18n/messages";
import { generationNumeral } from "@/shared/i18n/names";
import { Skeleton } from "@/shared/ui/skeleton";
import { FieldFault } from "./field-fault";
import styles from "./generation-picker.module.css";

interface GenerationPickerProps {
  /** Null while they are on their way. */
  generations: readonly NameCount[] | null;
  /** False where only their names are known. */
  isCounted: boolean;
  value: string | null;
  fault: string | undefined;
  onChange: (generation: string | null) => void;
}

export function GenerationPicker({ generations, isCounted, value, fault, onChange }: GenerationPickerProps) {
  const { ask, names } = useMessages();
  return (
    <fieldset aria-describedby={fault && "generation-fault"}>
      <legend className={styles.title}>{ask.generation}</legend>
      {generations ? (
        <div className={styles.choices}>
          {choice(null, ask.anyGeneration, ask.anyGeneration)}
          {generations.map(({ name, pokemon_count }) =>
            choice(
              name,
              generationNumeral(name),
              isCounted ? ask.generationCount(name, pokemon_count) : names.generation(name),
            ),
          )}
        </div>
      ) : (
        <Skeleton blocks={1} className={styles.skeleton} label={ask.loading} />
      )}
      <FieldFault field="generation" text={fault} />
    </fieldset>
  );

  function choice(generation: string | null, shown: string, said: string) {
    return (
      <label key={generation ?? ""} className={styles.choice} title={said}>
        <input
          aria-label={said}
          checked={value === generation}
          name="generation"
          type="radio"
          value={generation ?? ""}
          onChange={() => {
            onChange(generation);
          }}
        />
        <span aria-hidden="true">{shown}</span>
      </label>
    );
  }
}
