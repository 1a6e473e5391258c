import { createHash } from 'node:crypto';

/** Seconds. An access token with less life than this is not sent any more: it could die on the way. */
const MIN_REMAINING_SECONDS = 60;

/** Refresh in the last tenth of the token's life at the latest, so that an outage of hours at Discord is still survived. */
const EARLY_FRACTION = 0.1;

/** Share of the life over which connections spread before that, so that those made together do not refresh together. */
const JITTER_FRACTION = 0.1;

export interface TokenTimes {
  readonly obtainedAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
}

/**
 * Whether the token should be refreshed now although it may still work.
 * @param jitter - from 0 to 1, the same for one connection each time; see {@link computeJitter}
 */
export function isRefreshDue(times: TokenTimes, nowEpochSeconds: number, jitter: number): boolean {
  const life = times.expiresAtEpochSeconds - times.obtainedAtEpochSeconds;
  const remaining = times.expiresAtEpochSeconds - nowEpochSeconds;
  return remaining <= Math.max(MIN_REMAINING_SECONDS, life * (EARLY_FRACTION + JITTER_FRACTION * jitter));
}

/** Whether the token may still be sent when a refresh is not possible right now. */
export function isStillUsable(times: TokenTimes, nowEpochSeconds: number): boolean {
  return times.expiresAtEpochSeconds - nowEpochSeconds > MIN_REMAINING_SECONDS;
}

/** A number from 0 to 1 that follows from a connection's id: spread evenly, and the same in every sandbox. */
export function computeJitter(connectionId: string): number {
  return createHash('sha256').update(connectionId, 'utf8').digest().readUInt32BE(0) / 0xffffffff;
}
