import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { parseJsonBody } from '../api/body.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import type { FoundChannel } from '../guilds/access.ts';
import {
  findVisibleChannel,
  isAnswer,
  requireBot,
  requireChannelPermission,
  requireGuildPermission,
} from '../guilds/access.ts';
import { buildWrongChannelTypeAnswer } from '../guilds/channel-edit.ts';
import { PERMISSION } from '../permissions.ts';
import { buildWebhookToken } from '../secret-shapes.ts';
import type { WebhookRecord } from '../state/records.ts';
import { findFieldRefusal, findQuotaRefusal, newWebhook, saveWebhook, webhookEdit } from './webhook-fields.ts';
import { toWebhook } from './webhook-object.ts';

const IN_CHANNEL = {
  credentials: ['bot'],
  path: '/channels/{channel_id}/webhooks',
  majorParameter: 'channel_id',
} as const;
const ONE = { credentials: ['bot'], path: '/webhooks/{webhook_id}', majorParameter: 'webhook_id' } as const;

/** Text, voice, announcements, stage, forum, media. */
const WEBHOOK_CHANNEL_TYPES: ReadonlySet<number> = new Set([0, 2, 5, 13, 15, 16]);

/**
 * Webhooks, as bots manage them.
 * @see Discord docs: resources/webhook
 */
export const BOT_WEBHOOK_ROUTES: readonly ApiRoute[] = [
  {
    ...IN_CHANNEL,
    method: 'POST',
    bucket: 'channels/{channel_id}/webhooks',
    auditAction: 'create_webhook',
    handle: createWebhook,
  },
  { ...IN_CHANNEL, method: 'GET', bucket: 'channels/{channel_id}/webhooks', handle: listChannelWebhooks },
  {
    method: 'GET',
    credentials: ['bot'],
    path: '/guilds/{guild_id}/webhooks',
    bucket: 'guilds/{guild_id}/webhooks',
    majorParameter: 'guild_id',
    handle: listGuildWebhooks,
  },
  { ...ONE, method: 'GET', bucket: 'webhooks/{webhook_id}', handle: readWebhook },
  { ...ONE, method: 'PATCH', bucket: 'webhooks/{webhook_id}', auditAction: 'update_webhook', handle: changeWebhook },
  { ...ONE, method: 'DELETE', bucket: 'webhooks/{webhook_id}', auditAction: 'delete_webhook', handle: deleteWebhook },
];

function createWebhook(call: ApiCall): Answer {
  const found = findManagedChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  const body = parseJsonBody(call.request, newWebhook);
  if (!body.ok) return body.answer;
  const { simulation } = call;
  const refusal = findFieldRefusal(body.value) ?? findQuotaRefusal(simulation, found.channel.id);
  if (refusal !== undefined) return refusal;
  const { clientId } = requireBot(call);
  const fresh = {
    id: simulation.store.nextSnowflake(simulation.nowEpochMs()),
    token: buildWebhookToken(simulation.random),
    name: body.value.name,
    channelId: found.channel.id,
    guildId: found.guild.id,
    clientId,
    creatorId: clientId,
  };
  return buildJsonAnswer(200, toWebhook(simulation, saveWebhook(simulation, fresh, body.value), clientId));
}

function listChannelWebhooks(call: ApiCall): Answer {
  const found = findManagedChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  return buildList(call, ({ channelId }) => channelId === found.channel.id);
}

function listGuildWebhooks(call: ApiCall): Answer {
  const found = requireGuildPermission(call, call.parameters['guild_id'] ?? '', PERMISSION.MANAGE_WEBHOOKS);
  if (isAnswer(found)) return found;
  return buildList(call, ({ guildId }) => guildId === found.guild.id);
}

/** The application that a webhook belongs to can always read it. */
function readWebhook(call: ApiCall): Answer {
  const webhook = findWebhook(call);
  if (isAnswer(webhook)) return webhook;
  const { clientId } = requireBot(call);
  if (webhook.clientId !== clientId) {
    const found = findManagedChannel(call, webhook.channelId);
    if (isAnswer(found)) return found;
  }
  return buildJsonAnswer(200, toWebhook(call.simulation, webhook, clientId));
}

function changeWebhook(call: ApiCall): Answer {
  const webhook = findManagedWebhook(call);
  if (isAnswer(webhook)) return webhook;
  const body = parseJsonBody(call.request, webhookEdit);
  if (!body.ok) return body.answer;
  const refusal = findFieldRefusal(body.value) ?? findMoveRefusal(call, webhook, body.value.channel_id);
  if (refusal !== undefined) return refusal;
  const changed = saveWebhook(call.simulation, webhook, body.value);
  return buildJsonAnswer(200, toWebhook(call.simulation, changed, requireBot(call).clientId));
}

function deleteWebhook(call: ApiCall): Answer {
  const webhook = findManagedWebhook(call);
  if (isAnswer(webhook)) return webhook;
  call.simulation.store.deleteWebhook(webhook.id);
  return buildEmptyAnswer();
}

/** A webhook moves within its guild, to a channel where the bot manages webhooks too. */
function findMoveRefusal(
  call: ApiCall,
  webhook: WebhookRecord,
  channelId: string | null | undefined,
): Answer | undefined {
  if (channelId === undefined || channelId === null || channelId === webhook.channelId) return undefined;
  const target = findManagedChannel(call, channelId);
  if (isAnswer(target)) return target;
  if (target.guild.id !== webhook.guildId) return buildApiErrorAnswer(404, 10_003, 'Unknown Channel');
  return findQuotaRefusal(call.simulation, channelId);
}

function buildList(call: ApiCall, isListed: (webhook: WebhookRecord) => boolean): Answer {
  const { simulation } = call;
  const { clientId } = requireBot(call);
  const webhooks = simulation.store.listWebhooks().filter(isListed);
  return buildJsonAnswer(
    200,
    webhooks.map((webhook) => toWebhook(simulation, webhook, clientId)),
  );
}

function findWebhook({ simulation, parameters }: ApiCall): WebhookRecord | Answer {
  const webhook = simulation.store.findWebhook(parameters['webhook_id'] ?? '');
  return webhook ?? buildApiErrorAnswer(404, 10_015, 'Unknown Webhook');
}

function findManagedWebhook(call: ApiCall): WebhookRecord | Answer {
  const webhook = findWebhook(call);
  if (isAnswer(webhook)) return webhook;
  const found = findManagedChannel(call, webhook.channelId);
  return isAnswer(found) ? found : webhook;
}

/** A channel that can have webhooks and where the bot manages them. */
function findManagedChannel(call: ApiCall, channelId: string): FoundChannel | Answer {
  const found = findVisibleChannel(call, channelId);
  if (isAnswer(found)) return found;
  if (!WEBHOOK_CHANNEL_TYPES.has(found.channel.type)) return buildWrongChannelTypeAnswer();
  return requireChannelPermission(call, found, PERMISSION.MANAGE_WEBHOOKS) ?? found;
}
