import { useMemo } from "react";
import { useMessages } from "@/shared/i18n/language-provider";
import { hasColumn, type Row, type Table } from "@/shared/report-table/table";
import { useCellText } from "@/shared/report-table/use-cell-text";
import { ModalDialog } from "@/shared/ui/modal-dialog";
import { originOf } from "../origin";
import { mediansOf, statisticsOf, valuesOfRow } from "../radar";
import type { OpenedPokemon } from "../use-opened-pokemon";
import { CompareWith } from "./compare-with";
import { MatchupGrid } from "./matchup-grid";
import { PokemonCard } from "./pokemon-card";
import { RadarChart } from "./radar-chart";
import { StatisticsTable } from "./statistics-table";
import styles from "./pokemon-dialog.module.css";

/** The details of one Pokémon, or of up to four side by side. */
export default function PokemonDialog({ table, opened }: { table: Table; opened: OpenedPokemon }) {
  const { pokemon: messages } = useMessages();
  const cellText = useCellText();
  const { rows, change, close } = opened;
  // Rows are opened by their keys.
  const keyOf = (row: Row) => opened.keyOf(row) ?? "";
  const statistics = useMemo(() => statisticsOf(table), [table]);
  const medians = useMemo(() => mediansOf(table, statistics), [table, statistics]);
  const nameOf = (row: Row) => cellText.texts(table, row, "name")[0] ?? messages.number(keyOf(row));
  const shown = rows.map((row) => ({ row, name: nameOf(row), key: keyOf(row) }));
  const hasMatchups = ["weak_to", "resists", "immune_to"].some((name) => hasColumn(table, name));

  return (
    <ModalDialog
      size="wide"
      title={shown.length === 1 ? (shown[0]?.name ?? "") : messages.comparison(shown.length)}
      onClose={close}
    >
      <ul className={styles.cards}>
        {shown.map(({ row, name, key }) => {
          const origin = originOf(table, row);
          const originKey = origin && keyOf(origin);
          return (
            <PokemonCard
              key={key}
              cellText={cellText}
              isOnly={shown.length === 1}
              name={name}
              row={row}
              table={table}
              onOpenOrigin={
                originKey === undefined
                  ? null
                  : () => {
                      change((keys) => keys.map((other) => (other === key ? originKey : other)));
                    }
              }
              onRemove={() => {
                change((keys) => keys.filter((other) => other !== key));
              }}
            />
          );
        })}
      </ul>
      <CompareWith
        keyOf={keyOf}
        keys={shown.map(({ key }) => key)}
        nameOf={nameOf}
        table={table}
        onAdd={(row) => {
          change((keys) => [...keys, keyOf(row)]);
        }}
      />
      <div className={`${styles.columns} ${shown.length > 2 ? "" : styles.sideBySide}`}>
        {statistics.length > 0 && (
          <section aria-labelledby="pokemon-statistics" className={styles.section}>
            <h3 className={styles.title} id="pokemon-statistics">
              {messages.statistics}
            </h3>
            {statistics.length > 2 && (
              <RadarChart
                median={{ name: messages.median, values: medians }}
                pokemon={shown.map(({ row, name }) => ({
                  name,
                  values: valuesOfRow(table, row, statistics),
                }))}
                statistics={statistics}
              />
            )}
            <StatisticsTable pokemon={shown} table={table} />
          </section>
        )}
        {hasMatchups && (
          <section aria-labelledby="pokemon-matchups" className={styles.section}>
            <h3 className={styles.title} id="pokemon-matchups">
              {messages.matchups}
            </h3>
            <MatchupGrid pokemon={shown} table={table} />
          </section>
        )}
      </div>
      {statistics.length === 0 && !hasMatchups && <p>{messages.fewColumns}</p>}
    </ModalDialog>
  );
}
