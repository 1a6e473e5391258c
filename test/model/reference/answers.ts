/** Statuses of the problems that the model foresees; everything else is a surprise. */
const STATUSES: Readonly<Record<string, number>> = {
  operator_credentials_rejected: 503,
  token_requests_delayed: 503,
  refresh_in_progress: 503,
  storage_unavailable: 503,
  key_service_unavailable: 503,
  secret_unavailable: 503,
  discord_unavailable: 502,
  discord_answer_unreadable: 502,
  discord_timeout: 504,
  discord_rate_limited: 429,
};

/** A failure that passes, as its caller is told. */
export function toPassingAnswer(reason: string): string {
  return `${STATUSES[reason] ?? 0} ${reason}`;
}

/** Failures that a pause is remembered with under their own name; all others pass as somebody else's refresh. */
const TOLD_AGAIN = new Set([
  'operator_credentials_rejected',
  'token_requests_delayed',
  'discord_rate_limited',
  'discord_unavailable',
  'discord_timeout',
  'discord_answer_unreadable',
  'key_service_unavailable',
  'secret_unavailable',
]);

/** What a caller is told during a pause. */
export function toHeldAnswer(reason: string): string {
  return toPassingAnswer(TOLD_AGAIN.has(reason) ? reason : 'refresh_in_progress');
}

/** What may be answered when AWS or Discord fail on the way. */
export const OUTAGE_ANSWERS: readonly string[] = Object.keys(STATUSES).map(toPassingAnswer);
