import styles from "./tickets-illustration.module.css";

/** Two tickets in a queue; for an error, the stub of the front one is torn off. */
export function TicketsIllustration({ tone }: { tone: "empty" | "error" }) {
  const isTorn = tone === "error";
  return (
    <svg
      aria-hidden="true"
      className={isTorn ? styles.error : undefined}
      height="96"
      viewBox="0 0 176 96"
      width="176"
    >
      <g transform="translate(20 6) rotate(-4 70 30)">
        <rect className={styles.ticket} height="52" rx="9" width="136" />
      </g>
      <g transform="translate(16 34)">
        <path
          className={styles.stub}
          d="M9 0H44V52H9a9 9 0 0 1-9-9V35a9 9 0 0 0 0-18V9a9 9 0 0 1 9-9Z"
          transform={isTorn ? "rotate(-9 44 52) translate(-8 2)" : undefined}
        />
        <path className={styles.ticket} d="M44 0H131a9 9 0 0 1 9 9V17a9 9 0 0 0 0 18V43a9 9 0 0 1-9 9H44Z" />
        <path className={styles.tear} d="M44 2V50" />
        <path className={styles.writing} d="M60 19H112M60 33H94" />
      </g>
    </svg>
  );
}
