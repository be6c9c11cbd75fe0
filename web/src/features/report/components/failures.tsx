import type { Report } from "@/shared/api/types";
import { useMessages } from "@/shared/i18n/language-provider";
import { usePokemonNames } from "@/shared/pokemon-names/use-pokemon-names";
import styles from "./failures.module.css";

/** The Pokémon that are missing from the report, with the reasons. */
export function Failures({ report: { failures, failure_count } }: { report: Report }) {
  const { report: messages } = useMessages();
  const { names } = usePokemonNames();
  const hiddenCount = failure_count - failures.length;
  return (
    <section aria-labelledby="failures-title" className={styles.section}>
      <h2 className={styles.title} id="failures-title">
        {messages.failures(failure_count)}
      </h2>
      <p>{messages.failuresHelp}</p>
      <ul aria-labelledby="failures-title" className={styles.list} tabIndex={0}>
        {failures.map(({ pokemon, reason }) => (
          <li key={pokemon} className={styles.item}>
            <span className={styles.pokemon}>{names.pokemon(pokemon)}</span>
            <span lang="en">{reason}</span>
          </li>
        ))}
        {hiddenCount > 0 && <li>{messages.moreFailures(hiddenCount)}</li>}
      </ul>
    </section>
  );
}
