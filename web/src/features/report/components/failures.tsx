import type { Report } from "@/shared/api/names";
import { useMessages } from "@/shared/i18n/messages";
import styles from "./failures.module.css";

/** The Pokémon that are not in the report, and why. */
export function Failures({ report: { failures, failure_count } }: { report: Report }) {
  const { report: words } = useMessages();
  const untold = failure_count - failures.length;
  return (
    <section aria-labelledby="failures-title" className={styles.section}>
      <h2 className={styles.title} id="failures-title">
        {words.failures(failure_count)}
      </h2>
      <p>{words.failuresHelp}</p>
      <ul aria-labelledby="failures-title" className={styles.list} tabIndex={0}>
        {failures.map(({ pokemon, reason }) => (
          <li key={pokemon} className={styles.row}>
            <span className={styles.pokemon}>{pokemon}</span>
            <span lang="en">{reason}</span>
          </li>
        ))}
        {untold > 0 && <li>{words.moreFailures(untold)}</li>}
      </ul>
    </section>
  );
}
