import * as z from 'zod/mini';
import { listOf, threadMemberAnswer } from './answers.ts';
import { defineBotAction } from './bot-action.ts';
import { queryBoolean, queryInteger, snowflake } from './parameters.ts';

const CHANNEL = { channel_id: snowflake };
const MEMBER = { ...CHANNEL, user_id: snowflake };
const THREAD = { channel_id: '1200000000000000001' };
const LINUS = { ...THREAD, user_id: '80351110224678912' };

export const threadMembersList = defineBotAction({
  id: 'thread_members.list',
  summary: 'List who is in a thread',
  method: 'GET',
  path: '/channels/{channel_id}/thread-members',
  operationId: 'list_thread_members',
  docs: 'resources/channel#list-thread-members',
  effect: 'read',
  needs: { rules: ['thread'], intents: ['GUILD_MEMBERS'] },
  pathParameters: CHANNEL,
  query: {
    with_member: z.optional(queryBoolean),
    limit: z.optional(queryInteger(1, 100)),
    after: z.optional(snowflake),
  },
  answer: listOf(threadMemberAnswer),
  example: { pathParameters: THREAD, answer: [{ id: '1200000000000000001', user_id: '80351110224678912' }] },
});

export const threadMemberRead = defineBotAction({
  id: 'thread_member.read',
  summary: 'Read whether a user is in a thread',
  method: 'GET',
  path: '/channels/{channel_id}/thread-members/{user_id}',
  operationId: 'get_thread_member',
  docs: 'resources/channel#get-thread-member',
  effect: 'read',
  needs: { rules: ['thread'] },
  pathParameters: MEMBER,
  query: { with_member: z.optional(queryBoolean) },
  answer: threadMemberAnswer,
  example: { pathParameters: LINUS, answer: { id: '1200000000000000001', user_id: '80351110224678912' } },
});

export const threadMemberAdd = defineBotAction({
  id: 'thread_member.add',
  summary: 'Bring a member of the guild into a thread',
  method: 'PUT',
  path: '/channels/{channel_id}/thread-members/{user_id}',
  operationId: 'add_thread_member',
  docs: 'resources/channel#add-thread-member',
  effect: 'write',
  needs: { rules: ['thread', 'thread_member'] },
  pathParameters: MEMBER,
  successStatuses: [204],
  example: { pathParameters: LINUS },
});

export const threadMemberRemove = defineBotAction({
  id: 'thread_member.remove',
  summary: 'Take somebody out of a thread',
  method: 'DELETE',
  path: '/channels/{channel_id}/thread-members/{user_id}',
  operationId: 'delete_thread_member',
  docs: 'resources/channel#remove-thread-member',
  effect: 'destructive',
  needs: { rules: ['thread', 'thread_member'] },
  pathParameters: MEMBER,
  successStatuses: [204],
  example: { pathParameters: LINUS },
});

export const threadJoin = defineBotAction({
  id: 'thread.join',
  summary: 'Have the bot join a thread',
  method: 'PUT',
  path: '/channels/{channel_id}/thread-members/@me',
  operationId: 'join_thread',
  docs: 'resources/channel#join-thread',
  effect: 'write',
  needs: { rules: ['thread'] },
  pathParameters: CHANNEL,
  successStatuses: [204],
  example: { pathParameters: THREAD },
});

/** Everybody acts through the one bot: that it leaves is for who manages threads. */
export const threadLeave = defineBotAction({
  id: 'thread.leave',
  summary: 'Have the bot leave a thread',
  method: 'DELETE',
  path: '/channels/{channel_id}/thread-members/@me',
  operationId: 'leave_thread',
  docs: 'resources/channel#leave-thread',
  effect: 'destructive',
  needs: { permissions: ['MANAGE_THREADS'], rules: ['thread'] },
  pathParameters: CHANNEL,
  successStatuses: [204],
  example: { pathParameters: THREAD },
});
