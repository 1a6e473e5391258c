import { createHash } from 'node:crypto';
import type { Answer } from '../answer.ts';
import { buildJsonAnswer } from '../answer.ts';

/** So many requests in so many milliseconds, counted from the first of them. */
export interface RateWindow {
  readonly limit: number;
  readonly window_ms: number;
}

/** All limits in force. Discord publishes no figures for these routes; the defaults are generous so that they rarely show. */
export interface RateLimits {
  /** Each route bucket that has no entry of its own. */
  readonly route: RateWindow;
  /** By bucket name as in the route table, for example `users/@me/guilds`. */
  readonly routes: Readonly<Record<string, RateWindow>>;
  /** All requests of one bot together. Discord: 50 per second. */
  readonly global_per_bot: RateWindow;
  /** All requests of one user's bearer tokens together. */
  readonly global_per_user: RateWindow;
  /** All requests without a valid credential from one address. */
  readonly global_per_ip: RateWindow;
}

/** What the simulator starts with. */
const DEFAULT_RATE_LIMITS: RateLimits = {
  route: { limit: 100, window_ms: 1000 },
  routes: {},
  global_per_bot: { limit: 50, window_ms: 1000 },
  global_per_user: { limit: 500, window_ms: 1000 },
  global_per_ip: { limit: 500, window_ms: 1000 },
};

/** The limits of a simulator that was started with some of its own. */
export function mergeRateLimits(given: Partial<RateLimits> | undefined): RateLimits {
  return { ...DEFAULT_RATE_LIMITS, ...given };
}

/** Whose requests are counted together: a bot, a user (all his tokens), or an address. */
export interface RateIdentity {
  readonly kind: 'bot' | 'user' | 'ip';
  readonly id: string;
}

/** Headers for an answer that may be given, or the 429 to give instead. */
export type RateOutcome =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly answer: Answer };

interface Counter {
  used: number;
  resetAtEpochMs: number;
}

/** Above this many counters the finished ones are dropped. */
const MAX_COUNTERS = 10_000;

/**
 * Counts requests per identity, bucket and top-level resource, and all of an identity together. A refused request
 * does not count.
 * @see Discord docs: topics/rate-limits
 */
export class RateLimiter {
  limits: RateLimits;
  readonly #counters = new Map<string, Counter>();

  constructor(limits: RateLimits) {
    this.limits = limits;
  }

  /**
   * Counts one request.
   * @param bucket - bucket name of the route table
   * @param resource - value of the route's top-level parameter, or empty
   */
  take(identity: RateIdentity, bucket: string, resource: string, nowEpochMs: number): RateOutcome {
    const who = `${identity.kind}:${identity.id}`;
    const globalWindow = this.limits[`global_per_${identity.kind}`];
    const globalCounter = this.#counter(`${who}|global`, globalWindow, nowEpochMs);
    if (globalCounter.used >= globalWindow.limit) {
      return { ok: false, answer: buildRateLimitedAnswer(globalCounter.resetAtEpochMs - nowEpochMs, 'global', {}) };
    }
    const window = this.limits.routes[bucket] ?? this.limits.route;
    const counter = this.#counter(`${who}|${bucket}|${resource}`, window, nowEpochMs);
    const isFull = counter.used >= window.limit;
    if (!isFull) {
      counter.used += 1;
      globalCounter.used += 1;
    }
    const waitMs = counter.resetAtEpochMs - nowEpochMs;
    const headers = {
      'x-ratelimit-limit': String(window.limit),
      'x-ratelimit-remaining': String(Math.max(0, window.limit - counter.used)),
      'x-ratelimit-reset': (counter.resetAtEpochMs / 1000).toFixed(3),
      'x-ratelimit-reset-after': (waitMs / 1000).toFixed(3),
      'x-ratelimit-bucket': computeBucketId(bucket),
    };
    return isFull ? { ok: false, answer: buildRateLimitedAnswer(waitMs, 'user', headers) } : { ok: true, headers };
  }

  /** Forgets all counts. */
  clear(): void {
    this.#counters.clear();
  }

  #counter(key: string, window: RateWindow, nowEpochMs: number): Counter {
    const known = this.#counters.get(key);
    if (known !== undefined && known.resetAtEpochMs > nowEpochMs) return known;
    if (this.#counters.size >= MAX_COUNTERS) this.#dropFinished(nowEpochMs);
    const counter = { used: 0, resetAtEpochMs: nowEpochMs + window.window_ms };
    this.#counters.set(key, counter);
    return counter;
  }

  #dropFinished(nowEpochMs: number): void {
    for (const [key, counter] of this.#counters) if (counter.resetAtEpochMs <= nowEpochMs) this.#counters.delete(key);
  }
}

/**
 * Discord's 429. The body's wait is exact, the header's is rounded up to whole seconds, as Discord does.
 * @param scope - `shared` means that the resource is busy for everyone
 */
export function buildRateLimitedAnswer(
  waitMs: number,
  scope: 'user' | 'global' | 'shared',
  bucketHeaders: Readonly<Record<string, string>>,
): Answer {
  const isGlobal = scope === 'global';
  const message = scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.';
  return buildJsonAnswer(
    429,
    { message, retry_after: waitMs / 1000, global: isGlobal },
    {
      ...bucketHeaders,
      'retry-after': String(Math.ceil(waitMs / 1000)),
      'x-ratelimit-scope': scope,
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
      via: '1.1 google',
    },
  );
}

/** Discord's bucket ids are opaque and do not contain the top-level resource; so are these. */
function computeBucketId(bucket: string): string {
  return createHash('sha256').update(`bucket:${bucket}`).digest('hex').slice(0, 32);
}
