import * as z from 'zod/mini';
import { listOf, memberAnswer, userAnswer, userConnectionAnswer, userGuildAnswer } from './answers.ts';
import { defineAction, NO_NEEDS } from './action.ts';
import { queryBoolean, queryInteger, snowflake } from './parameters.ts';

/** The connected user's own profile. `email` and `verified` come only with the scope `email`. */
export const userRead = defineAction({
  id: 'user.read',
  summary: "Read the connected user's own profile",
  method: 'GET',
  path: '/users/@me',
  operationId: 'get_my_user',
  docs: 'https://discord.com/developers/docs/resources/user#get-current-user',
  credential: 'user',
  scopes: ['identify'],
  effect: 'read',
  place: 'account',
  needs: NO_NEEDS,
  retry: 'idempotent',
  takesAuditLogReason: false,
  pathParameters: {},
  query: {},
  successStatuses: [200],
  answer: userAnswer,
  example: {
    pathParameters: {},
    answer: {
      id: '175928847299117063',
      username: 'ada.lovelace',
      global_name: 'Ada',
      email: 'ada@example.com',
      verified: true,
    },
  },
});

/** Accounts elsewhere (GitHub, Steam, …) that the user has linked at Discord, hidden ones included. */
export const userConnectionsList = defineAction({
  id: 'user_connections.list',
  summary: 'List the accounts that the connected user has linked at Discord',
  method: 'GET',
  path: '/users/@me/connections',
  operationId: 'list_my_connections',
  docs: 'https://discord.com/developers/docs/resources/user#get-current-user-connections',
  credential: 'user',
  scopes: ['connections'],
  effect: 'read',
  place: 'account',
  needs: NO_NEEDS,
  retry: 'idempotent',
  takesAuditLogReason: false,
  pathParameters: {},
  query: {},
  successStatuses: [200],
  answer: listOf(userConnectionAnswer),
  example: {
    pathParameters: {},
    answer: [{ id: '583231', name: 'ada-l', type: 'github', verified: true, visibility: 1 }],
  },
});

/** The guilds the user is in: at most 200, which is also the most a user can join, so no paging is needed. */
export const userGuildsList = defineAction({
  id: 'user_guilds.list',
  summary: 'List the guilds that the connected user is a member of',
  method: 'GET',
  path: '/users/@me/guilds',
  operationId: 'list_my_guilds',
  docs: 'https://discord.com/developers/docs/resources/user#get-current-user-guilds',
  credential: 'user',
  scopes: ['guilds'],
  effect: 'read',
  place: 'all_guilds',
  needs: NO_NEEDS,
  retry: 'idempotent',
  takesAuditLogReason: false,
  pathParameters: {},
  query: {
    before: z.optional(snowflake),
    after: z.optional(snowflake),
    limit: z.optional(queryInteger(1, 200)),
    with_counts: z.optional(queryBoolean),
  },
  successStatuses: [200],
  answer: listOf(userGuildAnswer),
  example: {
    pathParameters: {},
    query: { limit: '1' },
    answer: [{ id: '197038439483310086', name: 'Analytical Engine', owner: true, permissions: '9007199254740991' }],
  },
});

/** The user's own member object (nick, roles, join date) in one guild; never anyone else's. */
export const userGuildMemberRead = defineAction({
  id: 'user_guild_member.read',
  summary: "Read the connected user's own member object in one guild",
  method: 'GET',
  path: '/users/@me/guilds/{guild_id}/member',
  operationId: 'get_my_guild_member',
  docs: 'https://discord.com/developers/docs/resources/user#get-current-user-guild-member',
  credential: 'user',
  scopes: ['guilds.members.read'],
  effect: 'read',
  place: 'guild',
  needs: NO_NEEDS,
  retry: 'idempotent',
  takesAuditLogReason: false,
  pathParameters: { guild_id: snowflake },
  query: {},
  successStatuses: [200],
  answer: memberAnswer,
  example: {
    pathParameters: { guild_id: '197038439483310086' },
    answer: { nick: null, roles: ['197038439483310102'], joined_at: '2022-03-14T15:09:26.535000+00:00' },
  },
});
