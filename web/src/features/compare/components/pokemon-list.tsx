import { useId, useState } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { Sprite } from "@/shared/report-table/sprite";
import { valueOf, type Row, type Table } from "@/shared/report-table/table";
import { useCellText } from "@/shared/report-table/use-cell-text";
import { Button } from "@/shared/ui/button";
import styles from "./comparison.module.css";

const SHOWN_FIRST = 24;

/** Pokémon that only one of the reports has. */
export function PokemonList({ title, table, rows }: { title: string; table: Table; rows: readonly Row[] }) {
  const { compare: messages, pokemon: pokemonMessages } = useMessages();
  const { texts } = useCellText();
  const id = useId();
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? rows : rows.slice(0, SHOWN_FIRST);
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <h2 className={styles.heading} id={id}>
        {title}
      </h2>
      <ul className={styles.list}>
        {shown.map((row) => {
          const [number] = texts(table, row, "id");
          const [name] = texts(table, row, "name");
          const types = valueOf(table, row, "types");
          const url = valueOf(table, row, "sprite_url");
          return (
            <li key={row.index} className={styles.pokemon}>
              <Sprite
                initial={String(valueOf(table, row, "name") ?? number ?? "")}
                type={Array.isArray(types) ? String(types[0] ?? "") : undefined}
                url={typeof url === "string" ? url : null}
              />
              <span>
                {name !== undefined && <span className={styles.name}>{name}</span>}
                {number !== undefined && (
                  <span className={styles.number}>{pokemonMessages.number(number)}</span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {shown.length < rows.length && (
        <Button
          onClick={() => {
            setShowsAll(true);
          }}
        >
          {messages.showAll(rows.length)}
        </Button>
      )}
    </section>
  );
}
