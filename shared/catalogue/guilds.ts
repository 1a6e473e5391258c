import * as z from 'zod/mini';
import { channelAnswer, guildAnswer, listOf, roleAnswer, searchAnswer, threadListAnswer } from './answers.ts';
import { defineBotAction } from './bot-action.ts';
import { queryBoolean, queryInteger, queryText, queryWord, snowflake } from './parameters.ts';

const GUILD = { guild_id: snowflake };
const EXAMPLE = { pathParameters: { guild_id: '197038439483310086' } };

export const guildRead = defineBotAction({
  id: 'guild.read',
  summary: 'Read a guild with its roles',
  method: 'GET',
  path: '/guilds/{guild_id}',
  operationId: 'get_guild',
  docs: 'resources/guild#get-guild',
  effect: 'read',
  pathParameters: GUILD,
  query: { with_counts: z.optional(queryBoolean) },
  answer: guildAnswer,
  example: {
    ...EXAMPLE,
    answer: { id: '197038439483310086', name: 'Analytical Engine', owner_id: '175928847299117063', roles: [] },
  },
});

export const guildRolesList = defineBotAction({
  id: 'guild_roles.list',
  summary: 'List the roles of a guild',
  method: 'GET',
  path: '/guilds/{guild_id}/roles',
  operationId: 'list_guild_roles',
  docs: 'resources/guild#get-guild-roles',
  effect: 'read',
  pathParameters: GUILD,
  answer: listOf(roleAnswer),
  example: {
    ...EXAMPLE,
    answer: [{ id: '197038439483310101', name: 'Moderator', permissions: '1125929073246208', position: 1 }],
  },
});

/** Discord also names channels that the bot itself may not see (discord-api-docs #5825); those the user may not see are left out. */
export const guildChannelsList = defineBotAction({
  id: 'guild_channels.list',
  summary: 'List the channels of a guild that the connected user may see, without threads',
  method: 'GET',
  path: '/guilds/{guild_id}/channels',
  operationId: 'list_guild_channels',
  docs: 'resources/guild#get-guild-channels',
  effect: 'read',
  needs: { rules: ['visible_channels'] },
  pathParameters: GUILD,
  answer: listOf(channelAnswer),
  example: { ...EXAMPLE, answer: [{ id: '197038439483310201', type: 0, name: 'general' }] },
});

export const guildThreadsListActive = defineBotAction({
  id: 'guild_threads.list_active',
  summary: 'List the active threads of a guild that the connected user may see',
  method: 'GET',
  path: '/guilds/{guild_id}/threads/active',
  operationId: 'get_active_guild_threads',
  docs: 'resources/guild#list-active-guild-threads',
  effect: 'read',
  needs: { rules: ['visible_threads'] },
  pathParameters: GUILD,
  answer: threadListAnswer,
  example: { ...EXAMPLE, answer: { threads: [], members: [] } },
});

const ids = z.optional(snowflake);
const text256 = z.optional(queryText(256));

/** Discord answers 202 while it is still reading the guild's history: that is a problem to try again, never a success. */
export const guildMessagesSearch = defineBotAction({
  id: 'guild_messages.search',
  summary: 'Search the messages of a guild, in the channels that the connected user may read',
  method: 'GET',
  path: '/guilds/{guild_id}/messages/search',
  operationId: 'guild_search',
  docs: 'resources/message#search-guild-messages',
  effect: 'read',
  needs: { rules: ['search'], intents: ['MESSAGE_CONTENT'] },
  pathParameters: GUILD,
  query: {
    sort_by: z.optional(queryWord('timestamp', 'relevance')),
    sort_order: z.optional(queryWord('asc', 'desc')),
    content: z.optional(queryText(1024)),
    slop: z.optional(queryInteger(0, 100)),
    author_id: ids,
    author_type: z.optional(queryWord('user', '-user', 'bot', '-bot', 'webhook', '-webhook')),
    mentions: ids,
    mentions_role_id: ids,
    replied_to_user_id: ids,
    replied_to_message_id: ids,
    mention_everyone: z.optional(queryBoolean),
    min_id: ids,
    max_id: ids,
    limit: z.optional(queryInteger(1, 25)),
    offset: z.optional(queryInteger(0, 9975)),
    has: z.optional(
      queryWord(
        ...['link', 'embed', 'file', 'image', 'video', 'sound', 'sticker', 'poll', 'snapshot'].flatMap((kind) => [
          kind,
          `-${kind}`,
        ]),
      ),
    ),
    link_hostname: text256,
    embed_provider: text256,
    embed_type: z.optional(queryWord('image', 'video', 'gif', 'sound', 'article')),
    attachment_extension: text256,
    attachment_filename: z.optional(queryText(1024)),
    pinned: z.optional(queryBoolean),
    include_nsfw: z.optional(queryBoolean),
    channel_id: ids,
  },
  repeatable: [
    'author_id',
    'author_type',
    'mentions',
    'mentions_role_id',
    'replied_to_user_id',
    'replied_to_message_id',
    'has',
    'link_hostname',
    'embed_provider',
    'embed_type',
    'attachment_extension',
    'attachment_filename',
    'channel_id',
  ],
  successStatuses: [200],
  answer: searchAnswer,
  example: { ...EXAMPLE, query: { content: 'cards', limit: '5' }, answer: { total_results: 0, messages: [] } },
});

/** The bot leaves, for everybody who acts through it there. */
export const userGuildLeave = defineBotAction({
  id: 'user_guild.leave',
  summary: 'Have the bot leave a guild',
  method: 'DELETE',
  path: '/users/@me/guilds/{guild_id}',
  operationId: 'leave_guild',
  docs: 'resources/user#leave-guild',
  effect: 'destructive',
  needs: { rules: ['leave_guild'] },
  pathParameters: GUILD,
  successStatuses: [204],
  example: EXAMPLE,
});
