import { useFormats, useMessages } from "@/shared/i18n/messages";
import { TypeChip } from "@/shared/ui/type-chip";
import { typeColors } from "@/shared/ui/type-colors";
import styles from "./types-chart.module.css";

/** How many Pokémon there are of each type, as bars. */
export function TypesChart({ counts }: { counts: [type: string, count: number][] }) {
  const { report: words } = useMessages();
  const { number } = useFormats();
  const most = Math.max(...counts.map(([, count]) => count));
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.title}>{words.typesChart}</h2>
        <p className={styles.help}>{words.typesHelp}</p>
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
                style={{ inlineSize: `calc(${(count / most) * 100}% - ${(count / most) * 3}rem)` }}
              />
              <span className={styles.count}>{number(count)}</span>
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
