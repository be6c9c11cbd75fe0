/** In milliseconds. */
export const RETRY_INTERVAL = 5_000;
const SECOND = 1_000;

/** How often to ask for reports of this age in milliseconds: the longer one takes, the less a second matters. */
export function pollInterval(age: number): number {
  if (age < 30 * SECOND) {
    return SECOND;
  }
  return age < 120 * SECOND ? 2 * SECOND : 5 * SECOND;
}
