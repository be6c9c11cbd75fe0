import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { TypeChip } from "@/shared/ui/type-chip";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./types-chart.module.css";

/** A bar chart of the number of Pokémon of each type. */
export function TypesChart({ counts }: { counts: [type: string, count: number][] }) {
  const { report: messages } = useMessages();
  const { number } = useFormats();
  const largest = Math.max(...counts.map(([, count]) => count));
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.title}>{messages.typesChart}</h2>
        <p className={styles.help}>{messages.typesHelp}</p>
      </figcaption>
      <ul className={styles.list}>
        {counts.map(([type, count]) => (
          <li key={type} className={styles.row}>
            <span>
              <TypeChip type={type} />
            </span>
            <span className={styles.bar}>
              <span
                className={`${styles.fill} ${typeColors(type)}`}
                style={{ inlineSize: `calc(${(count / largest) * 100}% - ${(count / largest) * 3}rem)` }}
              />
              <span className={styles.count}>{number(count)}</span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
