import type { Column } from "@/shared/api/types";
import { TypeChip } from "@/shared/ui/type-chip";
import { isTypeList } from "../column-types";
import { valueOf, type Row, type Table, type Value } from "../table";
import type { CellText } from "../use-cell-text";
import { Sprite } from "./sprite";
import styles from "./table-grid.module.css";

interface CellValueProps {
  column: Column;
  value: Value;
  cellText: CellText;
}

/** A cell's value, formatted for its column. */
export function CellValue({ column, value, cellText: { text } }: CellValueProps) {
  if (isTypeList(column) && Array.isArray(value)) {
    return (
      <span className={styles.chips}>
        {(value as readonly string[]).map((type) => (
          <TypeChip key={type} type={type} />
        ))}
      </span>
    );
  }
  return value === false ? <span className={styles.no}>{text(column, value)}</span> : text(column, value);
}

interface PokemonNameProps {
  table: Table;
  row: Row;
  cellText: CellText;
}

/** A Pokémon's name with its sprite. */
export function PokemonName({ table, row, cellText }: PokemonNameProps) {
  const [name = ""] = cellText.texts(table, row, "name");
  const types = valueOf(table, row, "types");
  const url = valueOf(table, row, "sprite_url");
  return (
    <span className={styles.pokemon}>
      <Sprite
        key={name}
        name={name}
        type={Array.isArray(types) ? String(types[0] ?? "") : undefined}
        url={typeof url === "string" ? url : null}
      />
      {name}
    </span>
  );
}
