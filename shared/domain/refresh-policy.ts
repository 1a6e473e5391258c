/** Seconds. An access token with less life than this is not sent any more: it could die on the way. */
const MIN_REMAINING_SECONDS = 60;

/** Refresh in the last tenth of the token's life, so that an outage of hours at Discord is still survived. */
const EARLY_FRACTION = 0.1;

export interface TokenTimes {
  readonly obtainedAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
}

/** Whether the token should be refreshed now although it may still work. */
export function isRefreshDue(times: TokenTimes, nowEpochSeconds: number): boolean {
  const life = times.expiresAtEpochSeconds - times.obtainedAtEpochSeconds;
  const remaining = times.expiresAtEpochSeconds - nowEpochSeconds;
  return remaining <= Math.max(MIN_REMAINING_SECONDS, life * EARLY_FRACTION);
}

/** Whether the token may still be sent when a refresh is not possible right now. */
export function isStillUsable(times: TokenTimes, nowEpochSeconds: number): boolean {
  return times.expiresAtEpochSeconds - nowEpochSeconds > MIN_REMAINING_SECONDS;
}
