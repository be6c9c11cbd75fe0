import styles from "./progress-bar.module.css";

interface ProgressBarProps {
  label: string;
  done: number;
  /** 0 while it is not known. */
  total: number;
  text: string;
}

export function ProgressBar({ label, done, total, text }: ProgressBarProps) {
  const known = total > 0;
  return (
    <div
      aria-label={label}
      aria-valuemax={known ? total : undefined}
      aria-valuemin={0}
      aria-valuenow={known ? done : undefined}
      aria-valuetext={text}
      className={known ? styles.track : `${styles.track} ${styles.unknown}`}
      role="progressbar"
    >
      <div
        className={styles.fill}
        style={known ? { inlineSize: `${(100 * Math.min(done, total)) / total}%` } : undefined}
      />
    </div>
  );
}
