/** Seconds. What we tell callers to wait when nobody told us how long an outage lasts. */
export const OUTAGE_RETRY_AFTER_SECONDS = 5;
