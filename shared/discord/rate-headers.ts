import type { DiscordFailure } from '../problems/failure.ts';

/** Seconds. What we tell callers when a 429 names no usable time: Cloudflare's pages do not. */
const DEFAULT_RETRY_AFTER_SECONDS = 5;

/** Seconds. A longer wait is a misreading or a ban; callers should look again after this at the latest. */
const MAX_RETRY_AFTER_SECONDS = 3600;

/** Whose limit it is; `shared` is everyone's. Anything else was not said by Discord and does not go on. */
const SCOPES = new Set(['user', 'global', 'shared']);

/** Bucket ids are opaque; today they are 32 hex digits. */
const BUCKET_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Reads how long a 429 tells us to wait. Header and body can disagree on sub-limits (discord-api-docs #2761): the longer
 * one counts. The fraction is rounded up, never down.
 * @see Discord docs: topics/rate-limits
 */
export function parseRetryAfter(
  headers: Headers,
  body: string,
): Extract<DiscordFailure, { reason: 'discord_rate_limited' }> {
  const times = [Number(headers.get('retry-after') ?? Number.NaN), readBodySeconds(body)].filter(
    (seconds) => seconds > 0,
  );
  const seconds = times.length === 0 ? DEFAULT_RETRY_AFTER_SECONDS : Math.max(...times);
  const scope = headers.get('x-ratelimit-scope');
  const bucket = headers.get('x-ratelimit-bucket');
  return {
    reason: 'discord_rate_limited',
    retryAfterSeconds: Math.ceil(Math.min(seconds, MAX_RETRY_AFTER_SECONDS)),
    ...(scope !== null && SCOPES.has(scope) ? { scope } : {}),
    ...(bucket !== null && BUCKET_PATTERN.test(bucket) ? { bucket } : {}),
  };
}

function readBodySeconds(body: string): number {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && 'retry_after' in value) return Number(value.retry_after);
  } catch {
    // Not JSON: the header alone counts.
  }
  return Number.NaN;
}

/** Rate-limit headers that callers get as Discord sent them, so that their own clients can keep to them. */
export const RATE_LIMIT_HEADERS = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-ratelimit-reset-after',
  'x-ratelimit-bucket',
] as const;
