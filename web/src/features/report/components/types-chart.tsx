import type { ReactNode } from "react";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { TypeChip } from "@/shared/ui/type-chip";
import { typeColors } from "@/shared/ui/type-colors";
import type { RowFilters } from "../row-filters";
import type { ChangeView } from "../use-table-view";
import styles from "./types-chart.module.css";

interface TypesChartProps {
  counts: [type: string, count: number][];
  filters: RowFilters;
  onChange: ChangeView;
  /** Below the title. */
  children: ReactNode;
}

/** A bar chart of the number of Pokémon of each type. A bar filters the table. */
export function TypesChart({ counts, filters, onChange, children }: TypesChartProps) {
  const { report: messages } = useMessages();
  const { number } = useFormats();
  const largest = Math.max(...counts.map(([, count]) => count));
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.title}>{messages.typesChart}</h2>
        <p className={styles.help}>{messages.typesHelp}</p>
        {children}
      </figcaption>
      <ul className={styles.list}>
        {counts.map(([type, count]) => {
          const isSelected = filters.type === type;
          return (
            <li key={type}>
              <button
                aria-pressed={isSelected}
                className={`${styles.row} ${filters.type && !isSelected ? styles.outside : ""}`}
                type="button"
                onClick={() => {
                  onChange({ filters: { ...filters, type: isSelected ? null : type } });
                }}
              >
                <span>
                  <TypeChip type={type} />
                </span>
                <span className={styles.bar}>
                  <span
                    className={`${styles.fill} ${typeColors(type)}`}
                    style={{ inlineSize: `calc(${(count / largest) * 100}% - ${(count / largest) * 3}rem)` }}
                  />
                  <span className={styles.count}>
                    {` ${number(count)}`}
                    <span className="visually-hidden">{` ${messages.pokemon}`}</span>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}
