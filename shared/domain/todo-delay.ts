const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

/** From this age of a to-do on: how long after a try the next one comes. Quick at first, then hourly for as long as it takes. */
const DELAYS = [
  { fromAgeSeconds: 2 * HOUR_SECONDS, delaySeconds: HOUR_SECONDS },
  { fromAgeSeconds: 30 * MINUTE_SECONDS, delaySeconds: 30 * MINUTE_SECONDS },
  { fromAgeSeconds: 5 * MINUTE_SECONDS, delaySeconds: 5 * MINUTE_SECONDS },
] as const;

/** @returns seconds until a to-do is tried again, counted from the try at hand */
export function computeTodoDelay(sinceEpochSeconds: number, nowEpochSeconds: number): number {
  const age = nowEpochSeconds - sinceEpochSeconds;
  return DELAYS.find(({ fromAgeSeconds }) => age >= fromAgeSeconds)?.delaySeconds ?? MINUTE_SECONDS;
}
