/** Three Poké Balls in a queue. */
export function Logo() {
  return (
    <svg aria-hidden="true" fill="none" height="28" viewBox="0 0 44 28" width="44">
      <circle cx="30" cy="14" opacity="0.35" r="11.5" stroke="currentColor" strokeWidth="3" />
      <circle
        cx="22"
        cy="14"
        fill="var(--paper)"
        r="11.5"
        stroke="currentColor"
        strokeOpacity="0.65"
        strokeWidth="3"
      />
      <circle cx="14" cy="14" fill="var(--accent)" r="11.5" stroke="var(--accent)" strokeWidth="3" />
      <circle cx="14" cy="14" fill="var(--paper)" r="4.5" />
    </svg>
  );
}
