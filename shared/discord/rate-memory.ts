import type { DiscordAnswer, RateTarget } from '../app/ports.ts';
import { parseRetryAfter } from './rate-headers.ts';

interface Bucket {
  readonly remaining: number;
  readonly resetAtEpochMs: number;
}

/** Entries of each kind; the longest known go first. A forgotten one costs at most one 429. */
const MAX_ENTRIES = 1_000;

/** Milliseconds. No wait is believed beyond this. */
const MAX_WAIT_MS = 3_600_000;

/**
 * What Discord said about its limits, by credential, bucket and top-level id. Nothing is assumed: a bucket that has not been
 * heard of is open, and so is one whose time is over.
 * @see Discord docs: topics/rate-limits
 */
export class RateMemory {
  /** Which bucket a route belongs to. */
  readonly #bucketOfRoute = new Map<string, string>();
  readonly #buckets = new Map<string, Bucket>();
  /** Until when a credential as a whole has to wait, in epoch milliseconds. */
  readonly #globalUntil = new Map<string, number>();

  /** @returns milliseconds to wait; 0: the call may go out and is counted */
  admit(target: RateTarget, nowEpochMs: number): number {
    const globalWaitMs = (this.#globalUntil.get(target.credential) ?? 0) - nowEpochMs;
    if (globalWaitMs > 0) return globalWaitMs;
    const key = this.#findKey(target);
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return 0;
    if (bucket.resetAtEpochMs <= nowEpochMs) {
      this.#buckets.delete(key);
      return 0;
    }
    if (bucket.remaining <= 0) return bucket.resetAtEpochMs - nowEpochMs;
    this.#buckets.set(key, { ...bucket, remaining: bucket.remaining - 1 });
    return 0;
  }

  learn(target: RateTarget, { status, headers, body }: DiscordAnswer, nowEpochMs: number): void {
    const name = headers.get('x-ratelimit-bucket');
    if (name !== null) remember(this.#bucketOfRoute, toRouteKey(target), name.slice(0, 64));
    const remaining = readNumber(headers, 'x-ratelimit-remaining');
    const resetAfter = readNumber(headers, 'x-ratelimit-reset-after');
    if (status !== 429) {
      if (remaining !== undefined && resetAfter !== undefined) {
        this.#setBucket(target, remaining, nowEpochMs + toWaitMs(resetAfter));
      }
      return;
    }
    const { retryAfterSeconds, scope } = parseRetryAfter(headers, Buffer.from(body).toString('utf8'));
    const untilEpochMs = nowEpochMs + toWaitMs(retryAfterSeconds);
    if (scope === 'global' || headers.get('x-ratelimit-global') === 'true') {
      remember(this.#globalUntil, target.credential, untilEpochMs);
    } else if (remaining === undefined || remaining <= 0) {
      this.#setBucket(target, 0, untilEpochMs);
    }
    // With calls left it is a limit on what was sent, such as a channel's name: others may go on.
  }

  #setBucket(target: RateTarget, remaining: number, resetAtEpochMs: number): void {
    remember(this.#buckets, this.#findKey(target), { remaining, resetAtEpochMs });
  }

  /** A route whose bucket is not known yet is its own. */
  #findKey(target: RateTarget): string {
    const bucket = this.#bucketOfRoute.get(toRouteKey(target)) ?? target.route;
    return JSON.stringify([target.credential, bucket, target.resource ?? null]);
  }
}

function toRouteKey({ credential, route }: RateTarget): string {
  return JSON.stringify([credential, route]);
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MAX_ENTRIES) return;
    map.delete(oldest);
  }
}

function readNumber(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^[0-9]{1,9}(\.[0-9]{1,9})?$/.test(text) ? Number(text) : undefined;
}

function toWaitMs(seconds: number): number {
  return Math.min(Math.ceil(seconds * 1000), MAX_WAIT_MS);
}
