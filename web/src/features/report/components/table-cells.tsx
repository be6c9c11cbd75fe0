import type { Column } from "@/shared/api/types";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { generationNumeral } from "@/shared/i18n/pokemon";
import { TypeChip } from "@/shared/ui/type-chip";
import { isTypeList } from "../column-types";
import { columnIndex, type Row, type Table, type Value } from "../table";
import { Sprite } from "./sprite";
import styles from "./report-table.module.css";

/** A cell's value, formatted for its column. */
export function CellValue({ column, value }: { column: Column; value: Value }) {
  const { report: messages } = useMessages();
  const { number } = useFormats();
  if (value === null) {
    return null;
  }
  if (typeof value === "boolean") {
    return value ? messages.yes : <span className={styles.no}>{messages.no}</span>;
  }
  if (typeof value === "number") {
    return column.name === "id" ? String(value) : number(value);
  }
  if (typeof value === "string") {
    return column.name === "generation" ? generationNumeral(value) : value;
  }
  if (!isTypeList(column)) {
    return value.join(", ");
  }
  return (
    <span className={styles.chips}>
      {value.map((type) => (
        <TypeChip key={type} type={type} />
      ))}
    </span>
  );
}

/** A Pokémon's name with its sprite. */
export function PokemonName({ table, row }: { table: Table; row: Row }) {
  const valueOf = (column: string) => row.cells[columnIndex(table, column)] ?? null;
  const name = String(valueOf("name") ?? "");
  const types = valueOf("types");
  const url = valueOf("sprite_url");
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
