import { parseApiAnswer } from '../discord/api-answer.ts';
import type { Secret } from '../domain/secret.ts';
import type { AppSecrets, Deadline, DiscordAnswer, DiscordClient, DiscordRequest, Log } from './ports.ts';
import type { DiscordFailure, OperatorFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';

export interface BotClientDeps {
  readonly discord: DiscordClient;
  readonly secrets: AppSecrets;
  readonly log: Log;
}

/** What is sent with the bot's token; the header with it is added here. */
export type BotRequest = Omit<DiscordRequest, 'onBrokenAnswer'>;

type BotFailure =
  | Extract<OperatorFailure, { reason: 'bot_credential_missing' | 'bot_credential_rejected' }>
  | Extract<DiscordFailure, { reason: 'discord_timeout' | 'discord_unavailable' | 'discord_answer_too_large' }>;

/**
 * Sends one request with the bot's token: the one way there. When Discord does not accept the token it is read once more,
 * since the operator may have entered a new one a moment ago, and tried again only if it has changed.
 * @returns Discord's answer, whatever its status but 401
 * @throws OutageError when the secret is not to be had
 */
export async function sendAsBot(
  { discord, secrets, log }: BotClientDeps,
  request: BotRequest,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, BotFailure>> {
  const send = (token: string) =>
    discord.send({ ...request, headers: { ...request.headers, authorization: `Bot ${token}` } }, deadline);
  const used = (await loadBotToken(secrets))?.reveal();
  if (used === undefined) return fail({ reason: 'bot_credential_missing' });
  const first = await send(used);
  if (!first.ok || first.value.status !== 401) return first;
  const fresh = (await secrets.reload()).botToken?.reveal();
  if (fresh !== undefined && fresh !== used) {
    const second = await send(fresh);
    if (!second.ok || second.value.status !== 401) return second;
  }
  log.error('bot_token_rejected');
  return fail({ reason: 'bot_credential_rejected' });
}

/** Whether there is a bot token at all. @throws OutageError */
export async function hasBotToken({ secrets }: Pick<BotClientDeps, 'secrets'>): Promise<boolean> {
  return (await loadBotToken(secrets)) !== undefined;
}

/** Where none is known it is read once more: the operator may have entered one a moment ago. */
async function loadBotToken(secrets: AppSecrets): Promise<Secret | undefined> {
  return (await secrets.load()).botToken ?? (await secrets.reload()).botToken;
}

/** @returns the JSON of a success; nothing for 403 and 404, which say that the bot cannot see it or that there is none */
export async function readAsBot(
  deps: BotClientDeps,
  path: string,
  deadline: Deadline,
): Promise<Result<unknown, BotFailure | DiscordFailure>> {
  const sent = await sendAsBot(deps, { method: 'GET', path, headers: { accept: 'application/json' } }, deadline);
  if (!sent.ok) return sent;
  if (sent.value.status === 403 || sent.value.status === 404) return ok(undefined);
  const parsed = parseApiAnswer(sent.value, [200]);
  if (!parsed.ok) {
    return parsed.failure.reason === 'discord_unauthorized'
      ? fail({ reason: 'bot_credential_rejected' })
      : fail(parsed.failure);
  }
  return ok(JSON.parse(Buffer.from(parsed.value.body).toString('utf8')));
}
