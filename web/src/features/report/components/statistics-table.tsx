import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { hasColumn, type Row, type Table } from "@/shared/report-table/table";
import { mediansOf, valuesOfRow } from "../radar";
import { RANGE_COLUMNS } from "../row-filters";
import styles from "./comparison-table.module.css";

interface StatisticsTableProps {
  table: Table;
  pokemon: readonly { row: Row; key: string; name: string }[];
}

/** The statistics of Pokémon beside the report's medians. The highest of several is marked. */
export function StatisticsTable({ table, pokemon }: StatisticsTableProps) {
  const { pokemon: messages, report: reportMessages, names } = useMessages();
  const { number } = useFormats();
  const columns = RANGE_COLUMNS.filter((name) => hasColumn(table, name));
  const medians = mediansOf(table, columns);
  const values = pokemon.map(({ row }) => valuesOfRow(table, row, columns));
  return (
    <div aria-label={messages.statistics} className={styles.scroll} role="group" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{reportMessages.statistic}</th>
            {pokemon.map(({ key, name }) => (
              <th key={key} className={styles.numeric} scope="col">
                {name}
              </th>
            ))}
            <th className={styles.numeric} scope="col">
              {messages.median}
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => {
            const ofColumn = values.map((ofPokemon) => ofPokemon[index] ?? null);
            const highest = Math.max(...ofColumn.map((value) => value ?? 0));
            return (
              <tr key={column}>
                <th scope="row">{names.columns[column]}</th>
                {ofColumn.map((value, position) => (
                  <td key={pokemon[position]?.key} className={styles.numeric}>
                    {value !== null &&
                      (pokemon.length > 1 && value === highest ? (
                        <strong>{number(value)}</strong>
                      ) : (
                        number(value)
                      ))}
                  </td>
                ))}
                <td className={`${styles.numeric} ${styles.soft}`}>{number(medians[index] ?? 0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
