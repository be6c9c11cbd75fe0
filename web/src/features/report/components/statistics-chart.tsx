import type { ReactNode } from "react";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import { withRange, type RowFilters } from "../row-filters";
import type { Distributions } from "../statistics";
import type { ChangeView } from "../use-table-view";
import { Histogram } from "./histogram";
import styles from "./statistics-chart.module.css";

const TICK = 50;

interface StatisticsChartProps {
  distributions: Distributions;
  filters: RowFilters;
  onChange: ChangeView;
  /** Below the title. */
  children: ReactNode;
}

/** A histogram for each statistic, all on one scale, with the key figures beside it. A bin filters the table. */
export function StatisticsChart({ distributions: scale, filters, onChange, children }: StatisticsChartProps) {
  const { report: messages, names } = useMessages();
  const { number } = useFormats();
  const { top, step, distributions } = scale;
  const ticks = Array.from({ length: Math.floor(top / TICK) + 1 }, (_, index) => index * TICK);
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2 className={styles.title}>{messages.statistics}</h2>
        {children}
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
                <Histogram
                  distribution={distribution}
                  range={filters.ranges[distribution.name] ?? null}
                  step={step}
                  tick={TICK}
                  top={top}
                  onSelect={(range) => {
                    onChange({ filters: withRange(filters, distribution.name, range) });
                  }}
                />
              </td>
              <td className={styles.extreme}>{number(distribution.lowest)}</td>
              <td className={styles.median}>{number(distribution.median)}</td>
              <td className={styles.extreme}>{number(distribution.highest)}</td>
            </tr>
          ))}
        </tbody>
        {/* The bins have labels of their own. */}
        <tfoot aria-hidden="true">
          <tr>
            <td />
            <td>
              <div className={styles.axis}>
                {ticks.map((tick) => (
                  <span key={tick} style={{ insetInlineStart: `${(tick / top) * 100}%` }}>
                    {number(tick)}
                  </span>
                ))}
              </div>
            </td>
          </tr>
        </tfoot>
      </table>
    </figure>
  );
}
