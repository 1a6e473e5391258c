import { KEPT_ANSWER_LIFE_SECONDS } from './connect-session.ts';

/** One of a tenant's data keys, without the key. */
export interface DataKey {
  readonly keyId: string;
  readonly createdAtEpochSeconds: number;
  /** Since when another key seals, or was about to. A key that is neither current nor retired was never used. */
  readonly retiredAtEpochSeconds?: number;
}

/** Seconds. Sandboxes go on for five minutes with the key that they know; a day is far more than any clock is wrong. */
const MARGIN_SECONDS = 24 * 60 * 60;

/**
 * Seconds that a retired key stays whatever else is known. What may be sealed under it without standing in a connection are
 * the token answers that connect sessions keep, for this long at the most.
 */
export const DATA_KEY_RETENTION_SECONDS = KEPT_ANSWER_LIFE_SECONDS + MARGIN_SECONDS;

/**
 * Whether a key can go: it seals no more, nothing that lives shorter than a connection can be sealed under it any more, and
 * all connections were looked at after that without one being found that is.
 * @param seenUnusedSinceEpochSeconds - when the pass over all of the tenant's connections began in which nothing was left under an old key
 */
export function isDataKeyDisposable(key: DataKey, currentKeyId: string, seenUnusedSinceEpochSeconds: number): boolean {
  const unusedSince = key.retiredAtEpochSeconds ?? key.createdAtEpochSeconds;
  return key.keyId !== currentKeyId && seenUnusedSinceEpochSeconds >= unusedSince + DATA_KEY_RETENTION_SECONDS;
}
