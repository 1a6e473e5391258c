import type { DiscordAnswer } from '../app/ports.ts';
import type { DiscordFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { parseRetryAfter } from './rate-headers.ts';

/** Discord's credential refusals; the caller decides whether a refresh may help. */
export interface Unauthorized {
  readonly reason: 'discord_unauthorized';
}

/** Discord's code for a missing OAuth scope. @see Discord docs: topics/opcodes-and-status-codes (JSON) */
export const MISSING_SCOPE_CODE = 50026;

/**
 * Judges an answer of Discord's REST API. A success keeps its bytes: they are only checked to be whole UTF-8 JSON (or
 * empty with 204), never rewritten, so that ids beyond 2^53 and unknown fields go through as they are. Of a refusal only
 * status and numeric code go on; its text does not.
 * @param successStatuses - statuses that the catalogue entry names
 */
export function parseApiAnswer(
  answer: DiscordAnswer,
  successStatuses: readonly number[],
): Result<DiscordAnswer, DiscordFailure | Unauthorized> {
  const { status, headers, body } = answer;
  if (status === 401) return fail({ reason: 'discord_unauthorized' });
  if (status === 429) return fail(parseRetryAfter(headers, Buffer.from(body).toString('utf8')));
  if (status >= 500) return fail({ reason: 'discord_unavailable', status });
  if (status >= 400) {
    const discordCode = parseErrorCode(body);
    return fail({ reason: 'discord_rejected', status, ...(discordCode === undefined ? {} : { discordCode }) });
  }
  const isReadable = status === 204 ? body.byteLength === 0 : isJson(headers, body);
  return successStatuses.includes(status) && isReadable ? ok(answer) : fail({ reason: 'discord_answer_unreadable' });
}

function isJson(headers: Headers, body: Uint8Array): boolean {
  if (!/^application\/json *(;|$)/i.test(headers.get('content-type') ?? '')) return false;
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}

/** Discord's numeric code in the body of a refusal, if it is one of Discord's own. */
export function parseErrorCode(body: Uint8Array): number | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value === 'object' && value !== null && 'code' in value && Number.isSafeInteger(value.code)) {
      return Number(value.code);
    }
  } catch {
    // An HTML page of a proxy: the status says all that can be known.
  }
  return undefined;
}
