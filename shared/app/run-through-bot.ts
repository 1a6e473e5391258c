import { parseActionAnswer } from '../discord/api-error.ts';
import { stripWebhookSecrets, type Stripped } from '../discord/strip-webhook-secrets.ts';
import { findOwnWebhook, type Connection } from '../domain/connection.ts';
import { readText } from '../domain/json-fields.ts';
import { computeNonce } from '../domain/idempotency.ts';
import { FailureError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { loadAccessToken } from './access-token.ts';
import type { ActionCall } from './action-call.ts';
import { buildActionBody } from './build-action-body.ts';
import type { ActionDecision } from './decide-action.ts';
import { filterAnswer, isFiltered } from './filter-answer.ts';
import { limitSearch } from './limit-search.ts';
import { noteMade, type NoteMadeDeps } from './note-made.ts';
import { forgetOwnWebhook, keepOwnWebhook, moveOwnWebhook } from './own-webhooks.ts';
import type { Deadline, DiscordAnswer, Random } from './ports.ts';
import { quietly } from './quietly.ts';
import type { RefreshDeps } from './refresh-connection.ts';
import { findWay, type SendActionDeps, type Way } from './send-action.ts';
import { sendWithinLimits, type SendWithinLimitsDeps } from './send-within-limits.ts';

export interface RunThroughBotDeps extends SendActionDeps, SendWithinLimitsDeps, NoteMadeDeps, RefreshDeps {
  readonly random: Random;
}

/** Bytes of a form's boundary: no file holds it by chance. */
const BOUNDARY_BYTES = 16;

/**
 * Carries out an action that has been decided, with the bot's token or a webhook's own. What the answer holds that is not the
 * connected user's to see, or a webhook's token, does not go on.
 * @throws OutageError
 */
export async function runThroughBot(
  deps: RunThroughBotDeps,
  connection: Connection,
  call: ActionCall,
  decision: ActionDecision,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, Failure>> {
  try {
    return await run(deps, connection, call, decision, deadline);
  } catch (error) {
    // A fact for confining or filtering could not be had: only reads need such facts.
    if (error instanceof FailureError) return fail(error.failure);
    throw error;
  }
}

async function run(
  deps: RunThroughBotDeps,
  connection: Connection,
  call: ActionCall,
  decision: ActionDecision,
  deadline: Deadline,
): Promise<Result<DiscordAnswer, Failure>> {
  const way = await findWay(deps, connection, call, deadline);
  if (!way.ok) return way;
  const confined = await confine(deps, call, decision, deadline);
  if (!confined.ok) return confined;
  const body = await buildBody(deps, connection, confined.value, deadline);
  if (!body.ok) return body;
  const sent = await sendWithinLimits(deps, connection, way.value, confined.value, body.value, deadline);
  if (!sent.ok) return sent;
  const { action } = call;
  const answer = parseActionAnswer(sent.value, action.successStatuses, action.body !== undefined);
  if (!answer.ok) return fail(await takeRefusal(deps, connection, call, answer.failure));
  return ok(await takeAnswer(deps, connection, call, way.value, decision, answer.value));
}

async function confine(
  deps: RunThroughBotDeps,
  call: ActionCall,
  { viewer }: ActionDecision,
  deadline: Deadline,
): Promise<Result<ActionCall, Failure>> {
  const isSearch = call.action.needs.rules.includes('search');
  return isSearch && viewer !== undefined ? limitSearch(deps, viewer, call, deadline) : ok(call);
}

async function buildBody(deps: RunThroughBotDeps, connection: Connection, call: ActionCall, deadline: Deadline) {
  const { action, idempotencyKey } = call;
  const nonce =
    action.retry === 'nonce' && idempotencyKey !== undefined
      ? computeNonce(connection.tenantId, connection.id, idempotencyKey)
      : undefined;
  let accessToken: string | undefined;
  if (action.needs.rules.includes('add_member')) {
    const token = await loadAccessToken(deps, connection, deadline);
    if (!token.ok) return token;
    ({ accessToken } = token.value);
  }
  const boundary = Buffer.from(deps.random.bytes(BOUNDARY_BYTES)).toString('hex');
  const additions = {
    ...(nonce === undefined ? {} : { nonce }),
    ...(accessToken === undefined ? {} : { accessToken }),
  };
  return buildActionBody(call, additions, boundary);
}

/** A webhook that Discord does not know any more is not asked for again. */
async function takeRefusal(
  deps: RunThroughBotDeps,
  connection: Connection,
  { pathParameters }: ActionCall,
  failure: Failure | { readonly reason: 'discord_unauthorized' },
): Promise<Failure> {
  if (failure.reason === 'discord_unauthorized') return { reason: 'discord_rejected', status: 401 };
  if (failure.reason === 'webhook_gone') {
    const webhookId = pathParameters.get('webhook_id');
    if (webhookId !== undefined) await quietly(deps, () => forgetOwnWebhook(deps, connection, webhookId));
  }
  return failure;
}

/** What is done after a success must not hide it: it has happened at Discord. */
async function takeAnswer(
  deps: RunThroughBotDeps,
  connection: Connection,
  call: ActionCall,
  way: Way,
  { viewer }: ActionDecision,
  answer: DiscordAnswer,
): Promise<DiscordAnswer> {
  const { action } = call;
  const text = Buffer.from(answer.body).toString('utf8');
  const stripped = text === '' ? { text, secrets: [] } : stripWebhookSecrets(text);
  await quietly(deps, () => keepUp(deps, connection, call, way, stripped));
  if (!isFiltered(action)) return { ...answer, body: Buffer.from(stripped.text, 'utf8') };
  return { ...answer, body: Buffer.from(await filterAnswer(stripped.text, action, viewer), 'utf8') };
}

/** Notes what the call has made or ended. */
async function keepUp(
  deps: RunThroughBotDeps,
  connection: Connection,
  call: ActionCall,
  way: Way,
  { text, secrets }: Stripped,
): Promise<void> {
  const { action, pathParameters } = call;
  const webhookId = pathParameters.get('webhook_id') ?? '';
  switch (action.id) {
    case 'webhook.create':
      for (const { webhookId: id, token, channelId, guildId } of secrets) {
        if (channelId === undefined || guildId === undefined) continue;
        await keepOwnWebhook(deps, connection, { webhookId: id, token, channelId, guildId });
      }
      return;
    case 'webhook.delete':
      return forgetOwnWebhook(deps, connection, webhookId);
    case 'webhook.edit': {
      const isOwn = findOwnWebhook(connection, webhookId) !== undefined;
      const channelId = readText(JSON.parse(text), 'channel_id');
      if (isOwn && way.kind === 'bot' && channelId !== undefined) {
        await moveOwnWebhook(deps, connection, webhookId, channelId);
      }
      return;
    }
    default:
      return noteMade(deps, connection, call, text);
  }
}
