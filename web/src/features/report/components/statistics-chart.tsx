import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import type { Distribution, Distributions } from "../statistics";
import styles from "./statistics-chart.module.css";

const HEIGHT = 40;

/** A histogram for each statistic, all on one scale, with the key figures beside it. */
export function StatisticsChart({ distributions: { top, step, distributions } }: ChartProps) {
  const { report: messages, names } = useMessages();
  const { number } = useFormats();
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.title}>{messages.statistics}</h2>
      </figcaption>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{messages.statistic}</th>
            <th className={styles.wide} scope="col">
              {messages.distribution}
            </th>
            <th className={styles.extreme} scope="col">
              {messages.lowest}
            </th>
            <th scope="col">{messages.median}</th>
            <th className={styles.extreme} scope="col">
              {messages.highest}
            </th>
          </tr>
        </thead>
        <tbody>
          {distributions.map((distribution) => (
            <tr key={distribution.name}>
              <th scope="row">{names.columns[distribution.name]}</th>
              <td>
                <Histogram distribution={distribution} step={step} top={top} />
              </td>
              <td className={styles.extreme}>{number(distribution.lowest)}</td>
              <td className={styles.median}>{number(distribution.median)}</td>
              <td className={styles.extreme}>{number(distribution.highest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface ChartProps {
  distributions: Distributions;
}

interface HistogramProps {
  distribution: Distribution;
  top: number;
  step: number;
}

function Histogram({ distribution, top, step }: HistogramProps) {
  const { report: messages, names } = useMessages();
  const { number } = useFormats();
  const { name, lowest, lowerQuartile, median, upperQuartile, highest, shares } = distribution;
  const label = messages.distributionOf(
    names.columns[name],
    number(lowest),
    number(lowerQuartile),
    number(median),
    number(upperQuartile),
    number(highest),
  );
  return (
    <svg
      aria-label={label}
      className={styles.chart}
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${top} ${HEIGHT}`}
    >
      {shares.map((share, index) => {
        const [left, right] = [index * step, (index + 1) * step];
        const isMiddleHalf = right > lowerQuartile && left < upperQuartile;
        return (
          <rect
            key={left}
            className={`${styles.bar} ${isMiddleHalf ? styles.middleHalf : ""}`}
            height={share * (HEIGHT - 4)}
            rx="1"
            width={step - 1.2}
            x={left + 0.6}
            y={HEIGHT - share * (HEIGHT - 4)}
          />
        );
      })}
      <line className={styles.axis} x1="0" x2={top} y1={HEIGHT} y2={HEIGHT} />
      <line className={styles.medianLine} x1={median} x2={median} y1="0" y2={HEIGHT} />
    </svg>
  );
}
