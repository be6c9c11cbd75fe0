/** How soon a query is asked again, in milliseconds. */
export const POLL = 1_000;
export const TRY_AGAIN = 5_000;
