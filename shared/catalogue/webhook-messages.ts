import * as z from 'zod/mini';
import { messageAnswer } from './answers.ts';
import { webhookMessageBody, webhookMessageEditBody } from './bodies/message.ts';
import { defineBotAction } from './bot-action.ts';
import { queryBoolean, snowflake } from './parameters.ts';

const WEBHOOK = { webhook_id: snowflake };
const MESSAGE = { ...WEBHOOK, message_id: snowflake };
const CARDS = { webhook_id: '1200000000000000100' };
const HELLO = { ...CARDS, message_id: '1200000000000000001' };
const ANSWER = {
  id: '1200000000000000001',
  channel_id: '197038439483310201',
  content: 'Done',
  author: { id: '1200000000000000100' },
  timestamp: '2026-01-31T12:00:00.000000+00:00',
};

const MESSAGE_BY_TOKEN = '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}';

/** Needed when the message stands in a thread of the webhook's channel. */
const IN_THREAD = { thread_id: z.optional(snowflake) };

/** Discord is always asked to wait until the message is there: otherwise it would say yes to one that is lost. */
export const webhookExecute = defineBotAction({
  id: 'webhook.execute',
  summary: 'Post a message by a webhook',
  method: 'POST',
  path: '/webhooks/{webhook_id}',
  operationId: 'execute_webhook',
  docs: 'resources/webhook#execute-webhook',
  effect: 'write',
  credential: 'webhook',
  needs: { rules: ['own_webhook'] },
  retry: 'recorded',
  pathParameters: WEBHOOK,
  query: { ...IN_THREAD, with_components: z.optional(queryBoolean) },
  body: { schema: webhookMessageBody, isRequired: true, takesFiles: true },
  byToken: {
    path: '/webhooks/{webhook_id}/{webhook_token}',
    operationId: 'execute_webhook',
    fixedQuery: { wait: 'true' },
  },
  answer: messageAnswer,
  example: { pathParameters: CARDS, body: { content: 'Done' }, answer: ANSWER },
});

export const webhookMessageRead = defineBotAction({
  id: 'webhook_message.read',
  summary: 'Read a message that a webhook has posted',
  method: 'GET',
  path: '/webhooks/{webhook_id}/messages/{message_id}',
  operationId: 'get_webhook_message',
  docs: 'resources/webhook#get-webhook-message',
  effect: 'read',
  credential: 'webhook',
  needs: { rules: ['own_webhook'] },
  pathParameters: MESSAGE,
  query: IN_THREAD,
  byToken: { path: MESSAGE_BY_TOKEN, operationId: 'get_webhook_message', fixedQuery: {} },
  answer: messageAnswer,
  example: { pathParameters: HELLO, answer: ANSWER },
});

export const webhookMessageEdit = defineBotAction({
  id: 'webhook_message.edit',
  summary: 'Change a message that a webhook has posted',
  method: 'PATCH',
  path: '/webhooks/{webhook_id}/messages/{message_id}',
  operationId: 'update_webhook_message',
  docs: 'resources/webhook#edit-webhook-message',
  effect: 'write',
  credential: 'webhook',
  needs: { rules: ['own_webhook'] },
  pathParameters: MESSAGE,
  query: { ...IN_THREAD, with_components: z.optional(queryBoolean) },
  body: { schema: webhookMessageEditBody, isRequired: true, takesFiles: true },
  byToken: { path: MESSAGE_BY_TOKEN, operationId: 'update_webhook_message', fixedQuery: {} },
  answer: messageAnswer,
  example: { pathParameters: HELLO, body: { content: 'Undone' }, answer: { ...ANSWER, content: 'Undone' } },
});

export const webhookMessageDelete = defineBotAction({
  id: 'webhook_message.delete',
  summary: 'Delete a message that a webhook has posted',
  method: 'DELETE',
  path: '/webhooks/{webhook_id}/messages/{message_id}',
  operationId: 'delete_webhook_message',
  docs: 'resources/webhook#delete-webhook-message',
  effect: 'destructive',
  credential: 'webhook',
  needs: { rules: ['own_webhook'] },
  pathParameters: MESSAGE,
  query: IN_THREAD,
  byToken: { path: MESSAGE_BY_TOKEN, operationId: 'delete_webhook_message', fixedQuery: {} },
  successStatuses: [204],
  example: { pathParameters: HELLO },
});
