import { useRef, useState, type KeyboardEvent } from "react";
import { useFormats, useMessages } from "@/shared/i18n/language-provider";
import type { Range } from "../row-filters";
import type { Distribution } from "../statistics";
import styles from "./histogram.module.css";

interface HistogramProps {
  distribution: Distribution;
  /** The upper end of the scale, which starts at 0. */
  top: number;
  /** The width of a bin. */
  step: number;
  /** The distance between two lines of the grid. */
  tick: number;
  /** The range that the table shows. */
  range: Range | null;
  onSelect: (range: Range) => void;
}

/** A histogram whose bins are buttons. It is one stop for the Tab key; the arrow keys move between the bins. */
export function Histogram({ distribution, top, step, tick, range, onSelect }: HistogramProps) {
  const { report: messages, table: tableMessages, names } = useMessages();
  const { number } = useFormats();
  const group = useRef<HTMLDivElement>(null);
  const { name, lowest, lowerQuartile, median, upperQuartile, highest, counts } = distribution;
  const [current, setCurrent] = useState(Math.floor(median / step));
  const largest = Math.max(...counts);
  const filled = counts.flatMap((count, index) => (count > 0 ? [index] : []));
  // The bin of a median between two values can be empty.
  const tabStop = filled.includes(current) ? current : filled[0];

  const label = messages.distributionOf(
    names.columns[name],
    number(lowest),
    number(lowerQuartile),
    number(median),
    number(upperQuartile),
    number(highest),
  );
  const moveFocus = (event: KeyboardEvent) => {
    const next = nextOf(event.key, filled, current);
    if (next !== undefined) {
      event.preventDefault();
      setCurrent(next);
      group.current?.querySelector<HTMLElement>(`[data-bin="${next}"]`)?.focus();
    }
  };
  return (
    <div
      aria-label={label}
      className={styles.histogram}
      ref={group}
      role="group"
      style={{
        backgroundSize: `${(tick / top) * 100}% 100%`,
        gridTemplateColumns: `repeat(${counts.length}, 1fr)`,
      }}
      onKeyDown={moveFocus}
    >
      {counts.map((count, index) => {
        const [min, max] = [index * step, (index + 1) * step - 1];
        const isSelected = range?.min === min && range.max === max;
        const isInRange = max >= (range?.min ?? 0) && min <= (range?.max ?? Infinity);
        const isMiddleHalf = max >= lowerQuartile && min <= upperQuartile;
        const values = tableMessages.inRange(names.columns[name], number(min), number(max));
        const isOnTheRight = index > counts.length / 2;
        return count === 0 ? (
          <span key={min} />
        ) : (
          <button
            key={min}
            aria-label={tableMessages.bar(values, count)}
            aria-pressed={isSelected}
            className={styles.bin}
            data-bin={index}
            tabIndex={index === tabStop ? 0 : -1}
            type="button"
            onClick={() => {
              setCurrent(index);
              onSelect(isSelected ? { min: null, max: null } : { min, max });
            }}
          >
            <span
              className={[
                styles.bar,
                isMiddleHalf ? styles.middleHalf : "",
                isInRange ? "" : styles.outside,
              ].join(" ")}
              style={{ blockSize: `${(count / largest) * 100}%` }}
            />
            <span className={`${styles.tip} ${isOnTheRight ? styles.right : ""}`}>
              {`${number(min)}–${number(max)}: ${number(count)}`}
            </span>
          </button>
        );
      })}
      <span className={styles.median} style={{ insetInlineStart: `${(median / top) * 100}%` }} />
    </div>
  );
}

/** The bin that a key moves to, among those that have a bar. */
function nextOf(key: string, filled: readonly number[], current: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return filled.find((index) => index > current);
    case "ArrowLeft":
      return filled.findLast((index) => index < current);
    case "Home":
      return filled[0];
    case "End":
      return filled.at(-1);
    default:
      return undefined;
  }
}
