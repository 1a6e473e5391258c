import type { DiscordAnswer, DiscordRequest } from '../app/ports.ts';
import type { DiscordFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { parseApiAnswer, parseErrorCode } from './api-answer.ts';

/** Why nothing is left to delete: done now · it was gone already · the token opens nothing, so nobody can use it any more. */
export type WebhookEnd = 'deleted' | 'gone' | 'token_refused';

/** Discord's codes. @see Discord docs: topics/opcodes-and-status-codes (JSON) */
const UNKNOWN_WEBHOOK = 10015;
const INVALID_WEBHOOK_TOKEN = 50027;

/**
 * Deletes a webhook with its own token and no Authorization. The path is as secret as the token.
 * @see Discord docs: resources/webhook (Delete Webhook with Token)
 */
export function buildDeleteWebhookRequest(webhookId: string, token: string): DiscordRequest {
  const path = `/api/v10/webhooks/${encodeURIComponent(webhookId)}/${encodeURIComponent(token)}`;
  return { method: 'DELETE', path, headers: {} };
}

/** Judges Discord's answer: whatever means that a repetition would find nothing to do counts as done. */
export function parseDeleteWebhookAnswer(answer: DiscordAnswer): Result<WebhookEnd, DiscordFailure> {
  const discordCode = parseErrorCode(answer.body);
  if (answer.status === 404 && discordCode === UNKNOWN_WEBHOOK) return ok('gone');
  if (answer.status === 401 && discordCode === INVALID_WEBHOOK_TOKEN) return ok('token_refused');
  const parsed = parseApiAnswer(answer, [204]);
  if (parsed.ok) return ok('deleted');
  if (parsed.failure.reason !== 'discord_unauthorized') return fail(parsed.failure);
  return fail({ reason: 'discord_rejected', status: 401, ...(discordCode === undefined ? {} : { discordCode }) });
}
