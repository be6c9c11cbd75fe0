/** Refetch intervals in milliseconds: while a report runs, and after a failure. */
export const POLL_INTERVAL = 1_000;
export const RETRY_INTERVAL = 5_000;
