import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { polygonOf, ringsFor, type Statistic } from "../radar";
import styles from "./radar-chart.module.css";

interface Series {
  name: string;
  values: readonly (number | null)[];
}

interface RadarChartProps {
  statistics: readonly Statistic[];
  pokemon: readonly Series[];
  median: Series;
}

const RADIUS = 88;
const LABEL_RADIUS = 1.15;

/** The statistics of up to four Pokémon, beside the report's median. A table beside it has the values. */
export function RadarChart({ statistics, pokemon, median }: RadarChartProps) {
  const { names } = useMessages();
  const { number } = useFormats();
  const rings = ringsFor([median.values, ...pokemon.map(({ values }) => values)]);
  const top = rings.at(-1) ?? 1;
  const series = [{ ...median, className: styles.median }].concat(
    pokemon.map((one, index) => ({ ...one, className: styles[`series${index + 1}`] })),
  );
  const axes = polygonOf(
    statistics.map(() => top),
    top,
  );
  return (
    <figure className={styles.figure}>
      <svg aria-hidden="true" className={styles.chart} viewBox="-150 -118 300 236">
        {rings.map((ring) => (
          <polygon
            key={ring}
            className={styles.ring}
            points={pointsOf(
              statistics.map(() => ring),
              top,
            )}
          />
        ))}
        {axes.map(([x, y], index) => (
          <g key={statistics[index]}>
            <line className={styles.ring} x1="0" x2={x * RADIUS} y1="0" y2={y * RADIUS} />
            <text
              className={styles.label}
              dominantBaseline="middle"
              textAnchor={Math.abs(x) < 0.1 ? "middle" : x > 0 ? "start" : "end"}
              x={x * RADIUS * LABEL_RADIUS}
              y={y * RADIUS * LABEL_RADIUS}
            >
              {names.columns[statistics[index] ?? "hp"]}
            </text>
          </g>
        ))}
        {series.map(({ name, values, className }) => (
          <polygon key={name} className={`${styles.area} ${className}`} points={pointsOf(values, top)} />
        ))}
        {rings.map((ring) => (
          <text key={ring} className={styles.tick} x="3" y={-(ring / top) * RADIUS + 3}>
            {number(ring)}
          </text>
        ))}
      </svg>
      <ul className={styles.legend}>
        {series.map(({ name, className }) => (
          <li key={name} className={styles.entry}>
            <svg aria-hidden="true" height="12" viewBox="0 0 28 12" width="28">
              <line className={`${styles.area} ${className}`} x1="1" x2="27" y1="6" y2="6" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function pointsOf(values: readonly (number | null)[], top: number): string {
  return polygonOf(values, top)
    .map(([x, y]) => `${(x * RADIUS).toFixed(1)},${(y * RADIUS).toFixed(1)}`)
    .join(" ");
}
