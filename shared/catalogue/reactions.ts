import * as z from 'zod/mini';
import { listOf, userAnswer } from './answers.ts';
import { defineBotAction } from './bot-action.ts';
import { emoji, queryInteger, queryWord, snowflake } from './parameters.ts';

const MESSAGE = { channel_id: snowflake, message_id: snowflake };
const REACTION = { ...MESSAGE, emoji_name: emoji };
const HELLO = { channel_id: '197038439483310201', message_id: '1200000000000000001' };
const THUMB = { ...HELLO, emoji_name: '👍' };

export const reactionAdd = defineBotAction({
  id: 'reaction.add',
  summary: 'React to a message with an emoji',
  method: 'PUT',
  path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me',
  operationId: 'add_my_message_reaction',
  docs: 'resources/message#create-reaction',
  effect: 'write',
  needs: { permissions: ['READ_MESSAGE_HISTORY'], rules: ['add_reaction'] },
  pathParameters: REACTION,
  successStatuses: [204],
  example: { pathParameters: THUMB },
});

export const reactionRemoveOwn = defineBotAction({
  id: 'reaction.remove_own',
  summary: 'Take back a reaction that was added for this connection',
  method: 'DELETE',
  path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me',
  operationId: 'delete_my_message_reaction',
  docs: 'resources/message#delete-own-reaction',
  effect: 'destructive',
  needs: { rules: ['remove_own_reaction'] },
  pathParameters: REACTION,
  successStatuses: [204],
  example: { pathParameters: THUMB },
});

export const reactionRemove = defineBotAction({
  id: 'reaction.remove',
  summary: "Take away a user's reaction",
  method: 'DELETE',
  path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}',
  operationId: 'delete_user_message_reaction',
  docs: 'resources/message#delete-user-reaction',
  effect: 'destructive',
  needs: { rules: ['remove_reaction'] },
  pathParameters: { ...REACTION, user_id: snowflake },
  successStatuses: [204],
  example: { pathParameters: { ...THUMB, user_id: '80351110224678912' } },
});

export const reactionsList = defineBotAction({
  id: 'reactions.list',
  summary: 'List who reacted with an emoji',
  method: 'GET',
  path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}',
  operationId: 'list_message_reactions_by_emoji',
  docs: 'resources/message#get-reactions',
  effect: 'read',
  needs: { permissions: ['READ_MESSAGE_HISTORY'] },
  pathParameters: REACTION,
  query: {
    type: z.optional(queryWord('0', '1')),
    after: z.optional(snowflake),
    limit: z.optional(queryInteger(1, 100)),
  },
  answer: listOf(userAnswer),
  example: { pathParameters: THUMB, answer: [{ id: '80351110224678912', username: 'linus' }] },
});

export const reactionsClear = defineBotAction({
  id: 'reactions.clear',
  summary: 'Take away all reactions to a message',
  method: 'DELETE',
  path: '/channels/{channel_id}/messages/{message_id}/reactions',
  operationId: 'delete_all_message_reactions',
  docs: 'resources/message#delete-all-reactions',
  effect: 'destructive',
  needs: { permissions: ['MANAGE_MESSAGES'] },
  pathParameters: MESSAGE,
  successStatuses: [204],
  example: { pathParameters: HELLO },
});

export const reactionsClearEmoji = defineBotAction({
  id: 'reactions.clear_emoji',
  summary: 'Take away all reactions with one emoji',
  method: 'DELETE',
  path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}',
  operationId: 'delete_all_message_reactions_by_emoji',
  docs: 'resources/message#delete-all-reactions-for-emoji',
  effect: 'destructive',
  needs: { permissions: ['MANAGE_MESSAGES'] },
  pathParameters: REACTION,
  successStatuses: [204],
  example: { pathParameters: THUMB },
});
