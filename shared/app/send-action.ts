import { buildDiscordPath } from '../discord/discord-path.ts';
import type { OutgoingForm } from '../discord/build-multipart.ts';
import type { Connection } from '../domain/connection.ts';
import { readText } from '../domain/json-fields.ts';
import type { DiscordCallFailure, Deadline, DiscordAnswer, DiscordClient } from './ports.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { readAsBot, sendAsBot, type BotClientDeps } from './bot-client.ts';
import { needsBot } from './decide-action.ts';
import { openWebhookToken, type OwnWebhooksDeps } from './own-webhooks.ts';
import type { ActionCall } from './action-call.ts';

export interface SendActionDeps extends BotClientDeps, OwnWebhooksDeps {
  readonly discord: DiscordClient;
}

/** How a call is authenticated at Discord. */
export type Way = { readonly kind: 'bot' } | { readonly kind: 'webhook_token'; readonly token: string };

/**
 * Finds out how a call goes to Discord: by the token of a webhook of the connection where there is one, else by the bot; an
 * operation that only a webhook's token opens by the token that Discord shows the bot.
 * @throws OutageError
 */
export async function findWay(
  deps: SendActionDeps,
  connection: Connection,
  { action, pathParameters, body }: ActionCall,
  deadline: Deadline,
): Promise<Result<Way, Failure>> {
  if (action.byToken === undefined || needsBot({ action, body: body.json })) return ok({ kind: 'bot' });
  const webhookId = pathParameters.get('webhook_id') ?? '';
  const own = await openWebhookToken(deps, connection, webhookId);
  if (own !== undefined) return ok({ kind: 'webhook_token', token: own });
  if (action.credential !== 'webhook') return ok({ kind: 'bot' });
  const read = await readAsBot(
    deps,
    buildDiscordPath('/webhooks/{webhook_id}', pathParameters, new URLSearchParams()),
    deadline,
  );
  if (!read.ok) return read;
  const token = readText(read.value, 'token');
  // Webhooks of channel followers and of other applications have none that the bot could see.
  return token !== undefined && token !== ''
    ? ok({ kind: 'webhook_token', token })
    : fail({ reason: 'bot_access_missing', what: 'webhook' });
}

/** Sends the call. Nothing is retried: whether that is safe is decided by who knows the action. @throws OutageError */
export async function sendAction(
  deps: SendActionDeps,
  way: Way,
  call: ActionCall,
  body: OutgoingForm | undefined,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, DiscordCallFailure | Failure>> {
  const { action, auditLogReason } = call;
  const request = {
    method: action.method,
    path: way.kind === 'bot' ? call.discordPath : buildTokenPath(way.token, call),
    headers: {
      accept: 'application/json',
      ...(auditLogReason === undefined ? {} : { 'x-audit-log-reason': auditLogReason }),
      ...(body === undefined ? {} : { 'content-type': body.contentType }),
    },
    ...(body === undefined ? {} : { body: body.bytes }),
  };
  return way.kind === 'bot' ? sendAsBot(deps, request, deadline) : deps.discord.send(request, deadline);
}

function buildTokenPath(token: string, { action, pathParameters, query }: ActionCall): string {
  const { path = '', fixedQuery = {} } = action.byToken ?? {};
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries(fixedQuery)) search.set(name, value);
  return buildDiscordPath(path, new Map([...pathParameters, ['webhook_token', token]]), search);
}
