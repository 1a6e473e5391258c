import * as z from 'zod/mini';
import { channelAnswer, threadListAnswer } from './answers.ts';
import { threadBody, threadFromMessageBody } from './bodies/thread.ts';
import { defineBotAction } from './bot-action.ts';
import { queryInteger, snowflake, time } from './parameters.ts';

const CHANNEL = { channel_id: snowflake };
const GENERAL = { channel_id: '197038439483310201' };
const HELLO = { ...GENERAL, message_id: '1200000000000000001' };
const THREAD = { id: '1200000000000000001', type: 11, name: 'Cards' };

/** A page of archived threads ends at `before`; Discord's document lets no page be smaller than 2. */
const ARCHIVED = { before: z.optional(time), limit: z.optional(queryInteger(2, 100)) };

export const threadCreateFromMessage = defineBotAction({
  id: 'thread.create_from_message',
  summary: 'Start a thread from a message',
  method: 'POST',
  path: '/channels/{channel_id}/messages/{message_id}/threads',
  operationId: 'create_thread_from_message',
  docs: 'resources/channel#start-thread-from-message',
  effect: 'write',
  needs: { permissions: ['READ_MESSAGE_HISTORY', 'CREATE_PUBLIC_THREADS'] },
  retry: 'recorded',
  takesAuditLogReason: true,
  pathParameters: { ...CHANNEL, message_id: snowflake },
  body: { schema: threadFromMessageBody, isRequired: true, takesFiles: false },
  successStatuses: [201],
  answer: channelAnswer,
  example: { pathParameters: HELLO, body: { name: 'Cards' }, answer: THREAD },
});

export const threadCreate = defineBotAction({
  id: 'thread.create',
  summary: 'Start a thread, or a post in a forum or media channel',
  method: 'POST',
  path: '/channels/{channel_id}/threads',
  operationId: 'create_thread',
  docs: 'resources/channel#start-thread-without-message',
  effect: 'write',
  needs: { rules: ['create_thread'] },
  retry: 'recorded',
  takesAuditLogReason: true,
  pathParameters: CHANNEL,
  body: { schema: threadBody, isRequired: true, takesFiles: true },
  successStatuses: [201],
  answer: channelAnswer,
  example: { pathParameters: GENERAL, body: { name: 'Cards', type: 11 }, answer: THREAD },
});

export const threadsListArchivedPublic = defineBotAction({
  id: 'threads.list_archived_public',
  summary: 'List the archived public threads of a channel',
  method: 'GET',
  path: '/channels/{channel_id}/threads/archived/public',
  operationId: 'list_public_archived_threads',
  docs: 'resources/channel#list-public-archived-threads',
  effect: 'read',
  needs: { permissions: ['READ_MESSAGE_HISTORY'] },
  pathParameters: CHANNEL,
  query: ARCHIVED,
  answer: threadListAnswer,
  example: { pathParameters: GENERAL, answer: { threads: [THREAD], members: [], has_more: false } },
});

export const threadsListArchivedPrivate = defineBotAction({
  id: 'threads.list_archived_private',
  summary: 'List the archived private threads of a channel',
  method: 'GET',
  path: '/channels/{channel_id}/threads/archived/private',
  operationId: 'list_private_archived_threads',
  docs: 'resources/channel#list-private-archived-threads',
  effect: 'read',
  needs: { rules: ['private_threads'] },
  pathParameters: CHANNEL,
  query: ARCHIVED,
  answer: threadListAnswer,
  example: { pathParameters: GENERAL, answer: { threads: [], members: [], has_more: false } },
});
