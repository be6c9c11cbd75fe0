import type { NameCount } from "@/shared/api/names";
import { useFormats, useMessages } from "@/shared/i18n/messages";
import { Skeleton } from "@/shared/ui/skeleton";
import { typeColors } from "@/shared/ui/type-colors";
import { FieldFault } from "./field-fault";
import styles from "./type-picker.module.css";

interface TypePickerProps {
  /** Null while they are on their way. */
  types: readonly NameCount[] | null;
  /** False where only their names are known. */
  isCounted: boolean;
  value: string | null;
  fault: string | undefined;
  onChange: (type: string | null) => void;
}

export function TypePicker({ types, isCounted, value, fault, onChange }: TypePickerProps) {
  const { ask, names } = useMessages();
  const { number } = useFormats();
  return (
    <fieldset aria-describedby={fault && "type-fault"}>
      <legend className={styles.title}>{ask.type}</legend>
      {types ? (
        <div className={styles.choices}>
          {choice(null, ask.anyType)}
          {types.map(({ name, pokemon_count }) =>
            choice(name, names.type(name), isCounted ? number(pokemon_count) : undefined),
          )}
        </div>
      ) : (
        <div className={styles.skeletons}>
          <Skeleton blocks={22} className={styles.skeleton} label={ask.loading} />
        </div>
      )}
      <FieldFault field="type" text={fault} />
    </fieldset>
  );

  function choice(type: string | null, name: string, count?: string) {
    return (
      <label
        key={type ?? ""}
        className={[styles.choice, typeColors(type), count === "0" ? styles.none : ""].join(" ")}
      >
        <input
          checked={value === type}
          name="type"
          type="radio"
          value={type ?? ""}
          onChange={() => {
            onChange(type);
          }}
        />
        {name} {count !== undefined && <span className={styles.count}>{count}</span>}
      </label>
    );
  }
}
