import { listOf, webhookAnswer } from './answers.ts';
import { webhookCreateBody, webhookEditBody } from './bodies/webhook.ts';
import { defineBotAction } from './bot-action.ts';
import { snowflake } from './parameters.ts';

const WEBHOOK = { webhook_id: snowflake };
const CHANNEL = { channel_id: snowflake };
const GENERAL = { channel_id: '197038439483310201' };
const CARDS = { webhook_id: '1200000000000000100' };
const ANSWER = {
  id: '1200000000000000100',
  type: 1,
  channel_id: '197038439483310201',
  guild_id: '197038439483310086',
  name: 'Cards',
};

const BY_TOKEN = '/webhooks/{webhook_id}/{webhook_token}';

export const webhookCreate = defineBotAction({
  id: 'webhook.create',
  summary: 'Make a webhook in a channel; the layer keeps its token for this connection',
  method: 'POST',
  path: '/channels/{channel_id}/webhooks',
  operationId: 'create_webhook',
  docs: 'resources/webhook#create-webhook',
  effect: 'write',
  needs: { permissions: ['MANAGE_WEBHOOKS'] },
  retry: 'recorded',
  takesAuditLogReason: true,
  pathParameters: CHANNEL,
  body: { schema: webhookCreateBody, isRequired: true, takesFiles: false },
  answer: webhookAnswer,
  example: { pathParameters: GENERAL, body: { name: 'Cards' }, answer: ANSWER },
});

export const channelWebhooksList = defineBotAction({
  id: 'channel_webhooks.list',
  summary: 'List the webhooks of a channel',
  method: 'GET',
  path: '/channels/{channel_id}/webhooks',
  operationId: 'list_channel_webhooks',
  docs: 'resources/webhook#get-channel-webhooks',
  effect: 'read',
  needs: { permissions: ['MANAGE_WEBHOOKS'] },
  pathParameters: CHANNEL,
  answer: listOf(webhookAnswer),
  example: { pathParameters: GENERAL, answer: [ANSWER] },
});

export const guildWebhooksList = defineBotAction({
  id: 'guild_webhooks.list',
  summary: 'List the webhooks of a guild',
  method: 'GET',
  path: '/guilds/{guild_id}/webhooks',
  operationId: 'get_guild_webhooks',
  docs: 'resources/webhook#get-guild-webhooks',
  effect: 'read',
  needs: { permissions: ['MANAGE_WEBHOOKS'], rules: ['guild_webhooks'] },
  pathParameters: { guild_id: snowflake },
  answer: listOf(webhookAnswer),
  example: { pathParameters: { guild_id: '197038439483310086' }, answer: [ANSWER] },
});

export const webhookRead = defineBotAction({
  id: 'webhook.read',
  summary: 'Read a webhook, without its token',
  method: 'GET',
  path: '/webhooks/{webhook_id}',
  operationId: 'get_webhook',
  docs: 'resources/webhook#get-webhook',
  effect: 'read',
  needs: { rules: ['webhook'] },
  pathParameters: WEBHOOK,
  byToken: { path: BY_TOKEN, operationId: 'get_webhook_by_token', fixedQuery: {} },
  answer: webhookAnswer,
  example: { pathParameters: CARDS, answer: ANSWER },
});

export const webhookEdit = defineBotAction({
  id: 'webhook.edit',
  summary: 'Change name, avatar or channel of a webhook',
  method: 'PATCH',
  path: '/webhooks/{webhook_id}',
  operationId: 'update_webhook',
  docs: 'resources/webhook#modify-webhook',
  effect: 'write',
  needs: { rules: ['webhook'] },
  takesAuditLogReason: true,
  pathParameters: WEBHOOK,
  body: { schema: webhookEditBody, isRequired: true, takesFiles: false },
  byToken: { path: BY_TOKEN, operationId: 'update_webhook_by_token', fixedQuery: {} },
  answer: webhookAnswer,
  example: { pathParameters: CARDS, body: { name: 'Punched' }, answer: { ...ANSWER, name: 'Punched' } },
});

export const webhookDelete = defineBotAction({
  id: 'webhook.delete',
  summary: 'Delete a webhook',
  method: 'DELETE',
  path: '/webhooks/{webhook_id}',
  operationId: 'delete_webhook',
  docs: 'resources/webhook#delete-webhook',
  effect: 'destructive',
  needs: { rules: ['webhook'] },
  takesAuditLogReason: true,
  pathParameters: WEBHOOK,
  byToken: { path: BY_TOKEN, operationId: 'delete_webhook_by_token', fixedQuery: {} },
  successStatuses: [204],
  example: { pathParameters: CARDS },
});
