import * as z from 'zod/mini';
import { defineAction } from './action.ts';
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
  pathParameters: {},
  query: {},
  successStatuses: [200],
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
  pathParameters: {},
  query: {},
  successStatuses: [200],
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
  pathParameters: {},
  query: {
    before: z.optional(snowflake),
    after: z.optional(snowflake),
    limit: z.optional(queryInteger(1, 200)),
    with_counts: z.optional(queryBoolean),
  },
  successStatuses: [200],
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
  pathParameters: { guild_id: snowflake },
  query: {},
  successStatuses: [200],
});
