import * as z from 'zod/mini';
import { listOf, memberAnswer } from './answers.ts';
import { memberAddBody, memberEditBody } from './bodies/member.ts';
import { defineBotAction } from './bot-action.ts';
import { queryInteger, queryText, snowflake } from './parameters.ts';

const GUILD = { guild_id: snowflake };
const MEMBER = { ...GUILD, user_id: snowflake };
const MEMBER_ROLE = { ...MEMBER, role_id: snowflake };
const IN_GUILD = { guild_id: '197038439483310086' };
const LINUS = { ...IN_GUILD, user_id: '80351110224678912' };
const LINUS_ROLE = { ...LINUS, role_id: '197038439483310101' };
const ANSWER = { user: { id: '80351110224678912' }, nick: null, roles: [] };

/** `after` is the highest user id of the page before; the default limit is 1. */
export const membersList = defineBotAction({
  id: 'members.list',
  summary: 'List the members of a guild',
  method: 'GET',
  path: '/guilds/{guild_id}/members',
  operationId: 'list_guild_members',
  docs: 'resources/guild#list-guild-members',
  effect: 'read',
  needs: { intents: ['GUILD_MEMBERS'] },
  pathParameters: GUILD,
  query: { limit: z.optional(queryInteger(1, 1000)), after: z.optional(z.union([z.literal('0'), snowflake])) },
  answer: listOf(memberAnswer),
  example: { pathParameters: IN_GUILD, query: { limit: '1' }, answer: [ANSWER] },
});

export const membersSearch = defineBotAction({
  id: 'members.search',
  summary: 'Find members whose user name or nickname begins with a text',
  method: 'GET',
  path: '/guilds/{guild_id}/members/search',
  operationId: 'search_guild_members',
  docs: 'resources/guild#search-guild-members',
  effect: 'read',
  pathParameters: GUILD,
  query: { limit: z.optional(queryInteger(1, 1000)), query: queryText(100) },
  answer: listOf(memberAnswer),
  example: { pathParameters: IN_GUILD, query: { query: 'lin' }, answer: [ANSWER] },
});

export const memberRead = defineBotAction({
  id: 'member.read',
  summary: 'Read one member of a guild',
  method: 'GET',
  path: '/guilds/{guild_id}/members/{user_id}',
  operationId: 'get_guild_member',
  docs: 'resources/guild#get-guild-member',
  effect: 'read',
  pathParameters: MEMBER,
  answer: memberAnswer,
  example: { pathParameters: LINUS, answer: ANSWER },
});

/** The layer inserts the connected user's own token, so nobody else can be added. 204: he was in the guild already. */
export const memberAdd = defineBotAction({
  id: 'member.add',
  summary: 'Add the connected user to a guild',
  method: 'PUT',
  path: '/guilds/{guild_id}/members/{user_id}',
  operationId: 'add_guild_member',
  docs: 'resources/guild#add-guild-member',
  scopes: ['guilds.join'],
  effect: 'write',
  needs: { rules: ['add_member'] },
  pathParameters: MEMBER,
  body: { schema: memberAddBody, isRequired: false, takesFiles: false },
  successStatuses: [201, 204],
  answer: memberAnswer,
  example: { pathParameters: LINUS, body: { nick: 'Linus' }, answer: { ...ANSWER, nick: 'Linus' } },
});

export const memberEdit = defineBotAction({
  id: 'member.edit',
  summary: 'Change nickname, roles, time-out or voice state of a member',
  method: 'PATCH',
  path: '/guilds/{guild_id}/members/{user_id}',
  operationId: 'update_guild_member',
  docs: 'resources/guild#modify-guild-member',
  effect: 'write',
  needs: { rules: ['edit_member'] },
  takesAuditLogReason: true,
  pathParameters: MEMBER,
  body: { schema: memberEditBody, isRequired: true, takesFiles: false },
  successStatuses: [200, 204],
  answer: memberAnswer,
  example: {
    pathParameters: LINUS,
    body: { communication_disabled_until: '2026-12-01T12:00:00Z' },
    answer: { ...ANSWER, communication_disabled_until: '2026-12-01T12:00:00.000000+00:00' },
  },
});

export const memberKick = defineBotAction({
  id: 'member.kick',
  summary: 'Remove a member from a guild; he may come back',
  method: 'DELETE',
  path: '/guilds/{guild_id}/members/{user_id}',
  operationId: 'delete_guild_member',
  docs: 'resources/guild#remove-guild-member',
  effect: 'destructive',
  needs: { permissions: ['KICK_MEMBERS'], rules: ['below'] },
  takesAuditLogReason: true,
  pathParameters: MEMBER,
  successStatuses: [204],
  example: { pathParameters: LINUS },
});

export const memberRoleAdd = defineBotAction({
  id: 'member_role.add',
  summary: 'Give a member a role',
  method: 'PUT',
  path: '/guilds/{guild_id}/members/{user_id}/roles/{role_id}',
  operationId: 'add_guild_member_role',
  docs: 'resources/guild#add-guild-member-role',
  effect: 'write',
  needs: { permissions: ['MANAGE_ROLES'], rules: ['role'] },
  takesAuditLogReason: true,
  pathParameters: MEMBER_ROLE,
  successStatuses: [204],
  example: { pathParameters: LINUS_ROLE },
});

export const memberRoleRemove = defineBotAction({
  id: 'member_role.remove',
  summary: 'Take a role from a member',
  method: 'DELETE',
  path: '/guilds/{guild_id}/members/{user_id}/roles/{role_id}',
  operationId: 'delete_guild_member_role',
  docs: 'resources/guild#remove-guild-member-role',
  effect: 'destructive',
  needs: { permissions: ['MANAGE_ROLES'], rules: ['role'] },
  takesAuditLogReason: true,
  pathParameters: MEMBER_ROLE,
  successStatuses: [204],
  example: { pathParameters: LINUS_ROLE },
});
