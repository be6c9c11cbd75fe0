import type { ReactNode } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Sprite } from "@/shared/report-table/sprite";
import { columnIndex, valueOf, type Row, type Table } from "@/shared/report-table/table";
import type { CellText } from "@/shared/report-table/use-cell-text";
import { IconButton } from "@/shared/ui/button";
import { TypeChip } from "@/shared/ui/type-chip";
import styles from "./pokemon-card.module.css";

interface PokemonCardProps {
  table: Table;
  row: Row;
  name: string;
  cellText: CellText;
  /** It is not compared with others. */
  isOnly: boolean;
  /** Opens what it evolves from in its place; null if the report does not have it. */
  onOpenOrigin: (() => void) | null;
  onRemove: () => void;
}

const FACTS = ["abilities", "hidden_ability", "height_m", "weight_kg"] as const;

/** Who a Pokémon is: its picture, types, abilities, and what it evolves from. */
export function PokemonCard(props: PokemonCardProps) {
  const { table, row, name, cellText, isOnly, onOpenOrigin, onRemove } = props;
  const { pokemon: messages, names } = useMessages();
  const types = valueOf(table, row, "types");
  const typeIds = Array.isArray(types) ? (types as readonly string[]) : [];
  const url = valueOf(table, row, "sprite_url");
  const [number] = cellText.texts(table, row, "id");
  const originName = cellText.texts(table, row, "evolves_from")[0];

  return (
    <li className={styles.card}>
      {!isOnly && (
        <span className={styles.remove}>
          <IconButton icon="close" label={messages.remove(name)} onClick={onRemove} />
        </span>
      )}
      {!isOnly && <p className={styles.name}>{name}</p>}
      <Sprite
        initial={row.texts[columnIndex(table, "name")] ?? name}
        size={isOnly ? "large" : "medium"}
        type={typeIds[0]}
        url={typeof url === "string" ? url : null}
      />
      <div className={styles.identity}>
        {number !== undefined && <p className={styles.number}>{messages.number(number)}</p>}
        {typeIds.length > 0 && (
          <p className={styles.types}>
            {typeIds.map((type) => (
              <TypeChip key={type} type={type} />
            ))}
          </p>
        )}
      </div>
      <dl className={styles.facts}>
        {FACTS.map((column) => (
          <Fact key={column} term={names.columns[column]} texts={cellText.texts(table, row, column)} />
        ))}
        {originName !== undefined && (
          <Fact term={names.columns.evolves_from} texts={[originName]}>
            {onOpenOrigin && (
              <button className={styles.link} type="button" onClick={onOpenOrigin}>
                {originName}
              </button>
            )}
          </Fact>
        )}
      </dl>
    </li>
  );
}

function Fact({ term, texts, children }: { term: string; texts: readonly string[]; children?: ReactNode }) {
  return (
    texts.length > 0 && (
      <div>
        <dt>{term}</dt>
        <dd>{children ?? texts.join(", ")}</dd>
      </div>
    )
  );
}
