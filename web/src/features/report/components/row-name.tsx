import type { Column } from "@/shared/api/types";
import { CellValue } from "@/shared/report-table/cell-value";
import { Sprite } from "@/shared/report-table/sprite";
import { valueOf, type Row, type Table } from "@/shared/report-table/table";
import type { CellText } from "@/shared/report-table/use-cell-text";
import styles from "./table-grid.module.css";

interface RowNameProps {
  table: Table;
  row: Row;
  /** The column that names the rows. */
  column: Column;
  cellText: CellText;
  /** The URL of the Pokémon's details; null if it has none. */
  url: string | null;
}

/** What names a row, with the Pokémon's sprite, as a link to its details. */
export function RowName({ table, row, column, cellText, url }: RowNameProps) {
  const value = valueOf(table, row, column.name);
  const types = valueOf(table, row, "types");
  const spriteUrl = valueOf(table, row, "sprite_url");
  const content = (
    <>
      {column.name === "name" && (
        <Sprite
          // The names of all forms can start with the same word.
          initial={String(value ?? "")}
          type={Array.isArray(types) ? String(types[0] ?? "") : undefined}
          url={typeof spriteUrl === "string" ? spriteUrl : null}
        />
      )}
      <span>
        <CellValue cellText={cellText} column={column} value={value} />
      </span>
    </>
  );
  return url === null ? (
    <span className={styles.pokemon}>{content}</span>
  ) : (
    <a className={styles.pokemon} data-shortcut="item" href={url}>
      {content}
    </a>
  );
}
