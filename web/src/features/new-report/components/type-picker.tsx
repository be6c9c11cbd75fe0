import type { NameCount } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { FieldGroup, type FieldError } from "@/shared/ui/field";
import { RadioOption } from "@/shared/ui/radio-option";
import { Skeleton } from "@/shared/ui/skeleton";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./type-picker.module.css";

interface TypePickerProps {
  /** Null while loading. */
  types: readonly NameCount[] | null;
  /** The counts without filters; null while loading. Types that no Pokémon has are not offered. */
  everyPokemon: readonly NameCount[] | null;
  /** False if only the names are known. */
  isCounted: boolean;
  /** Null for all types. */
  value: string | null;
  error: FieldError | undefined;
  onChange: (type: string | null) => void;
}

export function TypePicker(props: TypePickerProps) {
  const { types, everyPokemon, isCounted, value, error, onChange } = props;
  const { newReport, names } = useMessages();
  const { number } = useFormats();
  const unused = new Set(everyPokemon?.filter((type) => type.pokemon_count === 0).map(({ name }) => name));
  const offered = types?.filter(({ name }) => name === value || !unused.has(name));
  return (
    <FieldGroup error={error} id="type" label={newReport.type}>
      {offered ? (
        <div className={styles.options}>
          <RadioOption
            checked={value === null}
            className={`${styles.option} ${styles.all} ${typeColors(null)}`}
            name="type"
            value=""
            onSelect={() => {
              onChange(null);
            }}
          >
            {newReport.allTypes}
          </RadioOption>
          {offered.map(({ name, pokemon_count }) => (
            <RadioOption
              key={name}
              checked={value === name}
              className={[
                styles.option,
                typeColors(name),
                isCounted && pokemon_count === 0 ? styles.empty : "",
              ].join(" ")}
              name="type"
              value={name}
              onSelect={() => {
                onChange(name);
              }}
            >
              {names.type(name)} {isCounted && <span className={styles.count}>{number(pokemon_count)}</span>}
            </RadioOption>
          ))}
        </div>
      ) : (
        <div className={styles.options}>
          <Skeleton blocks={22} className={styles.skeleton} label={newReport.loading} />
        </div>
      )}
    </FieldGroup>
  );
}
