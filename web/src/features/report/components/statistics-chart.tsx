import { useFormats, useMessages } from "@/shared/i18n/messages";
import type { Spread, Spreads } from "../statistics";
import styles from "./statistics-chart.module.css";

const HEIGHT = 40;

/** A small histogram for each statistic, all on one scale, with the numbers beside it. */
export function StatisticsChart({ spreads: { top, step, spreads } }: { spreads: Spreads }) {
  const { report: words, names } = useMessages();
  const { number } = useFormats();
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.title}>{words.statistics}</h2>
      </figcaption>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.statistic}</th>
            <th className={styles.wide} scope="col">
              {words.distribution}
            </th>
            <th className={styles.outer} scope="col">
              {words.lowest}
            </th>
            <th scope="col">{words.median}</th>
            <th className={styles.outer} scope="col">
              {words.highest}
            </th>
          </tr>
        </thead>
        <tbody>
          {spreads.map((spread) => (
            <tr key={spread.name}>
              <th scope="row">{names.columns[spread.name]}</th>
              <td>{chart(spread)}</td>
              <td className={styles.outer}>{number(spread.lowest)}</td>
              <td className={styles.median}>{number(spread.median)}</td>
              <td className={styles.outer}>{number(spread.highest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );

  function chart({ name, lowest, quarter, median, threeQuarters, highest, shares }: Spread) {
    const said = [lowest, quarter, median, threeQuarters, highest].map(number) as [
      string,
      string,
      string,
      string,
      string,
    ];
    return (
      <svg
        aria-label={words.spread(names.columns[name], ...said)}
        className={styles.chart}
        preserveAspectRatio="none"
        role="img"
        viewBox={`0 0 ${top} ${HEIGHT}`}
      >
        {shares.map((share, index) => {
          const [left, right] = [index * step, (index + 1) * step];
          const isMiddle = right > quarter && left < threeQuarters;
          return (
            <rect
              key={left}
              className={`${styles.bars} ${isMiddle ? styles.middle : ""}`}
              height={share * (HEIGHT - 4)}
              rx="1"
              width={step - 1.2}
              x={left + 0.6}
              y={HEIGHT - share * (HEIGHT - 4)}
            />
          );
        })}
        <line className={styles.axis} x1="0" x2={top} y1={HEIGHT} y2={HEIGHT} />
        <line className={styles.mark} x1={median} x2={median} y1="0" y2={HEIGHT} />
      </svg>
    );
  }
}
