import type { NameCount } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { generationNumeral } from "@/shared/i18n/pokemon";
import { FieldGroup, type FieldError } from "@/shared/ui/field";
import { SegmentedControl } from "@/shared/ui/segmented-control";
import { Skeleton } from "@/shared/ui/skeleton";
import styles from "./generation-picker.module.css";

interface GenerationPickerProps {
  /** Null while loading. */
  generations: readonly NameCount[] | null;
  /** False if only the names are known. */
  isCounted: boolean;
  /** Null for all generations. */
  value: string | null;
  error: FieldError | undefined;
  onChange: (generation: string | null) => void;
}

const ALL = "";

export function GenerationPicker({ generations, isCounted, value, error, onChange }: GenerationPickerProps) {
  const { newReport, names } = useMessages();
  const counts = new Map(generations?.map(({ name, pokemon_count }) => [name, pokemon_count]));
  const format = (name: string) => {
    if (name === ALL) {
      return newReport.allGenerationsLabel;
    }
    return isCounted ? newReport.generationCount(name, counts.get(name) ?? 0) : names.generation(name);
  };
  return (
    <FieldGroup error={error} id="generation" label={newReport.generation}>
      {generations ? (
        <SegmentedControl
          format={format}
          name="generation"
          options={[ALL, ...counts.keys()]}
          render={(name) => (name === ALL ? newReport.allGenerations : generationNumeral(name))}
          size="large"
          value={value ?? ALL}
          onChange={(name) => {
            onChange(name || null);
          }}
        />
      ) : (
        <Skeleton blocks={1} className={styles.skeleton} label={newReport.loading} />
      )}
    </FieldGroup>
  );
}
