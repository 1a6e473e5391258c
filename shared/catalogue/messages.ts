import * as z from 'zod/mini';
import { listOf, messageAnswer } from './answers.ts';
import { bulkDeleteBody } from './bodies/channel.ts';
import { messageBody, messageEditBody } from './bodies/message.ts';
import { defineBotAction } from './bot-action.ts';
import { queryInteger, snowflake } from './parameters.ts';

const CHANNEL = { channel_id: snowflake };
const MESSAGE = { ...CHANNEL, message_id: snowflake };
const GENERAL = { channel_id: '197038439483310201' };
const HELLO = { ...GENERAL, message_id: '1200000000000000001' };
const ANSWER = {
  id: '1200000000000000001',
  channel_id: '197038439483310201',
  content: 'Good morning',
  author: { id: '80351110224678912' },
  timestamp: '2026-01-31T12:00:00.000000+00:00',
};

/** Without READ_MESSAGE_HISTORY Discord answers an empty list; we say what is missing. Of `around`, `before` and `after` only one counts. */
export const messagesList = defineBotAction({
  id: 'messages.list',
  summary: 'List messages of a channel, newest first',
  method: 'GET',
  path: '/channels/{channel_id}/messages',
  operationId: 'list_messages',
  docs: 'resources/message#get-channel-messages',
  effect: 'read',
  needs: { permissions: ['READ_MESSAGE_HISTORY'], intents: ['MESSAGE_CONTENT'] },
  pathParameters: CHANNEL,
  query: {
    around: z.optional(snowflake),
    before: z.optional(snowflake),
    after: z.optional(snowflake),
    limit: z.optional(queryInteger(1, 100)),
  },
  answer: listOf(messageAnswer),
  example: { pathParameters: GENERAL, query: { limit: '10' }, answer: [ANSWER] },
});

export const messageRead = defineBotAction({
  id: 'message.read',
  summary: 'Read one message',
  method: 'GET',
  path: '/channels/{channel_id}/messages/{message_id}',
  operationId: 'get_message',
  docs: 'resources/message#get-channel-message',
  effect: 'read',
  needs: { permissions: ['READ_MESSAGE_HISTORY'], intents: ['MESSAGE_CONTENT'] },
  pathParameters: MESSAGE,
  answer: messageAnswer,
  example: { pathParameters: HELLO, answer: ANSWER },
});

/** Mentions nobody unless `allowed_mentions` says so. */
export const messageCreate = defineBotAction({
  id: 'message.create',
  summary: 'Send a message',
  method: 'POST',
  path: '/channels/{channel_id}/messages',
  operationId: 'create_message',
  docs: 'resources/message#create-message',
  effect: 'write',
  needs: { rules: ['send_message'] },
  retry: 'nonce',
  pathParameters: CHANNEL,
  body: { schema: messageBody, isRequired: true, takesFiles: true },
  answer: messageAnswer,
  example: { pathParameters: GENERAL, body: { content: 'Good morning' }, answer: ANSWER },
});

/** `attachments` must name all that are to stay. Mentions are read anew: nobody is mentioned unless `allowed_mentions` says so. */
export const messageEdit = defineBotAction({
  id: 'message.edit',
  summary: 'Change a message that was sent for this connection',
  method: 'PATCH',
  path: '/channels/{channel_id}/messages/{message_id}',
  operationId: 'update_message',
  docs: 'resources/message#edit-message',
  effect: 'write',
  needs: { rules: ['edit_message'] },
  pathParameters: MESSAGE,
  body: { schema: messageEditBody, isRequired: true, takesFiles: true },
  answer: messageAnswer,
  example: { pathParameters: HELLO, body: { content: 'Good evening' }, answer: { ...ANSWER, content: 'Good evening' } },
});

export const messageDelete = defineBotAction({
  id: 'message.delete',
  summary: 'Delete a message',
  method: 'DELETE',
  path: '/channels/{channel_id}/messages/{message_id}',
  operationId: 'delete_message',
  docs: 'resources/message#delete-message',
  effect: 'destructive',
  needs: { rules: ['delete_message'] },
  takesAuditLogReason: true,
  pathParameters: MESSAGE,
  successStatuses: [204],
  example: { pathParameters: HELLO },
});

export const messagesDeleteBulk = defineBotAction({
  id: 'messages.delete_bulk',
  summary: 'Delete 2 to 100 messages of the last 14 days at once',
  method: 'POST',
  path: '/channels/{channel_id}/messages/bulk-delete',
  operationId: 'bulk_delete_messages',
  docs: 'resources/message#bulk-delete-messages',
  effect: 'destructive',
  needs: { permissions: ['MANAGE_MESSAGES'] },
  retry: 'recorded',
  takesAuditLogReason: true,
  pathParameters: CHANNEL,
  body: { schema: bulkDeleteBody, isRequired: true, takesFiles: false },
  successStatuses: [204],
  example: { pathParameters: GENERAL, body: { messages: ['1200000000000000001', '1200000000000000002'] } },
});

export const messageCrosspost = defineBotAction({
  id: 'message.crosspost',
  summary: 'Publish a message of an announcement channel to those who follow it',
  method: 'POST',
  path: '/channels/{channel_id}/messages/{message_id}/crosspost',
  operationId: 'crosspost_message',
  docs: 'resources/message#crosspost-message',
  effect: 'write',
  needs: { rules: ['crosspost_message'] },
  retry: 'recorded',
  pathParameters: MESSAGE,
  answer: messageAnswer,
  example: { pathParameters: HELLO, answer: ANSWER },
});

export const typingStart = defineBotAction({
  id: 'typing.start',
  summary: 'Show for ten seconds that the bot is typing',
  method: 'POST',
  path: '/channels/{channel_id}/typing',
  operationId: 'trigger_typing_indicator',
  docs: 'resources/channel#trigger-typing-indicator',
  effect: 'write',
  needs: { rules: ['send_message'] },
  pathParameters: CHANNEL,
  successStatuses: [200, 204],
  example: { pathParameters: GENERAL },
});
