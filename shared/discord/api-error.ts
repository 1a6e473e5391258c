import type { DiscordAnswer } from '../app/ports.ts';
import type { DiscordFailure, DiscordRefusal } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { parseApiAnswer, parseErrorCode, type Unauthorized } from './api-answer.ts';
import { findCodeMeaning } from './error-codes.ts';
import { parseFieldErrors } from './field-errors.ts';
import { parseRetryAfter } from './rate-headers.ts';

/** What Discord says while it has not indexed a guild's messages yet: a success in form only. */
const ACCEPTED = 202;

/**
 * Judges an answer to an action as {@link parseApiAnswer} does, and tells by Discord's code why it was refused. A code that
 * says no more than its status stays `discord_rejected`.
 * @param hasBody - whether the action has a body, which field errors are about then
 */
export function parseActionAnswer(
  answer: DiscordAnswer,
  successStatuses: readonly number[],
  hasBody: boolean,
): Result<DiscordAnswer, DiscordFailure | DiscordRefusal | Unauthorized> {
  const { status } = answer;
  const discordCode = status >= 400 || status === ACCEPTED ? parseErrorCode(answer.body) : undefined;
  const refusal = discordCode === undefined ? undefined : toRefusal(answer, discordCode, hasBody);
  return refusal === undefined ? parseApiAnswer(answer, successStatuses) : fail(refusal);
}

function toRefusal(
  { status, headers, body }: DiscordAnswer,
  discordCode: number,
  hasBody: boolean,
): DiscordFailure | DiscordRefusal | Unauthorized | undefined {
  const meaning = findCodeMeaning(discordCode);
  const text = Buffer.from(body).toString('utf8');
  if (status === 429 || meaning?.kind === 'wait') return { ...parseRetryAfter(headers, text), discordCode };
  if (meaning === undefined || (status === ACCEPTED && meaning.kind !== 'discord_not_ready')) return undefined;
  const { kind, detail } = meaning;
  if (kind === 'unauthorized') return { reason: 'discord_unauthorized' };
  const facts = { status, discordCode, detail };
  if (kind === 'discord_input_rejected') return { reason: kind, ...facts, errors: readFieldErrors(text, hasBody) };
  if (kind === 'discord_not_ready') {
    return { reason: kind, ...facts, retryAfterSeconds: parseRetryAfter(headers, text).retryAfterSeconds };
  }
  return { reason: kind, ...facts };
}

/** The text is JSON: a code was found in it. */
function readFieldErrors(text: string, hasBody: boolean) {
  const value: unknown = JSON.parse(text);
  const errors = typeof value === 'object' && value !== null && 'errors' in value ? value.errors : undefined;
  return parseFieldErrors(errors, hasBody);
}
