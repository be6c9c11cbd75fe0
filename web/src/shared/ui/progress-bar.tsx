import styles from "./progress-bar.module.css";

interface ProgressBarProps {
  label: string;
  done: number;
  /** 0 while unknown. */
  total: number;
  text: string;
}

export function ProgressBar({ label, done, total, text }: ProgressBarProps) {
  const isKnown = total > 0;
  return (
    <div
      aria-label={label}
      aria-valuemax={isKnown ? total : undefined}
      aria-valuemin={0}
      aria-valuenow={isKnown ? done : undefined}
      aria-valuetext={text}
      className={isKnown ? styles.track : `${styles.track} ${styles.indeterminate}`}
      role="progressbar"
    >
      <div
        className={styles.fill}
        style={isKnown ? { inlineSize: `${(100 * Math.min(done, total)) / total}%` } : undefined}
      />
    </div>
  );
}
