import { useMessages } from "@/shared/i18n/language-provider";
import { TYPE_IDS } from "@/shared/pokemon-names/catalogue";
import { valueOf, valuesOf, type Row, type Table } from "@/shared/report-table/table";
import { TypeChip } from "@/shared/ui/type-chip";
import styles from "./comparison-table.module.css";

interface MatchupGridProps {
  table: Table;
  pokemon: readonly { row: Row; key: string; name: string }[];
}

const MATCHUPS = { weak_to: "weak", resists: "resists", immune_to: "immune" } as const;
type Matchup = (typeof MATCHUPS)[keyof typeof MATCHUPS];

/** How Pokémon take the attacks of each type that the report mentions in a match-up. */
export function MatchupGrid({ table, pokemon }: MatchupGridProps) {
  const { pokemon: messages } = useMessages();
  const mentioned = new Set(
    Object.keys(MATCHUPS).flatMap((column) => valuesOf(table, column).flatMap((value) => value)),
  );
  return (
    <div aria-label={messages.matchups} className={styles.scroll} role="group" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{messages.attackedBy}</th>
            {pokemon.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TYPE_IDS.filter((type) => mentioned.has(type)).map((type) => (
            <tr key={type}>
              <th scope="row">
                <TypeChip type={type} />
              </th>
              {pokemon.map(({ key, row }) => {
                const matchup = matchupOf(table, row, type);
                return (
                  <td key={key}>
                    {matchup ? (
                      <span className={`${styles.matchup} ${styles[matchup]}`}>{messages[matchup]}</span>
                    ) : (
                      <span className={styles.soft}>{messages.neutral}</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function matchupOf(table: Table, row: Row, type: string): Matchup | undefined {
  const [, matchup] =
    Object.entries(MATCHUPS).find(([column]) => {
      const types = valueOf(table, row, column);
      return Array.isArray(types) && types.includes(type);
    }) ?? [];
  return matchup;
}
