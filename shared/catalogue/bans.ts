import * as z from 'zod/mini';
import { banAnswer, bulkBanAnswer, listOf } from './answers.ts';
import { banBody, bulkBanBody } from './bodies/ban.ts';
import { defineBotAction } from './bot-action.ts';
import { queryInteger, snowflake } from './parameters.ts';

const GUILD = { guild_id: snowflake };
const MEMBER = { ...GUILD, user_id: snowflake };
const IN_GUILD = { guild_id: '197038439483310086' };
const LINUS = { ...IN_GUILD, user_id: '80351110224678912' };
const ANSWER = { user: { id: '80351110224678912' }, reason: 'spam' };

/** Of `before` and `after` Discord looks at `before` only, when both are there. */
export const bansList = defineBotAction({
  id: 'bans.list',
  summary: 'List who is banned from a guild',
  method: 'GET',
  path: '/guilds/{guild_id}/bans',
  operationId: 'list_guild_bans',
  docs: 'resources/guild#get-guild-bans',
  effect: 'read',
  needs: { permissions: ['BAN_MEMBERS'] },
  pathParameters: GUILD,
  query: {
    limit: z.optional(queryInteger(1, 1000)),
    before: z.optional(snowflake),
    after: z.optional(snowflake),
  },
  answer: listOf(banAnswer),
  example: { pathParameters: IN_GUILD, query: { limit: '10' }, answer: [ANSWER] },
});

export const banRead = defineBotAction({
  id: 'ban.read',
  summary: 'Read whether and why a user is banned from a guild',
  method: 'GET',
  path: '/guilds/{guild_id}/bans/{user_id}',
  operationId: 'get_guild_ban',
  docs: 'resources/guild#get-guild-ban',
  effect: 'read',
  needs: { permissions: ['BAN_MEMBERS'] },
  pathParameters: MEMBER,
  answer: banAnswer,
  example: { pathParameters: LINUS, answer: ANSWER },
});

export const banCreate = defineBotAction({
  id: 'ban.create',
  summary: 'Ban a user from a guild, and delete what he wrote of late if wished',
  method: 'PUT',
  path: '/guilds/{guild_id}/bans/{user_id}',
  operationId: 'ban_user_from_guild',
  docs: 'resources/guild#create-guild-ban',
  effect: 'destructive',
  needs: { permissions: ['BAN_MEMBERS'], rules: ['below'] },
  takesAuditLogReason: true,
  pathParameters: MEMBER,
  body: { schema: banBody, isRequired: false, takesFiles: false },
  successStatuses: [204],
  example: { pathParameters: LINUS, body: { delete_message_seconds: 3600 } },
});

export const banRemove = defineBotAction({
  id: 'ban.remove',
  summary: 'Lift a ban',
  method: 'DELETE',
  path: '/guilds/{guild_id}/bans/{user_id}',
  operationId: 'unban_user_from_guild',
  docs: 'resources/guild#remove-guild-ban',
  effect: 'destructive',
  needs: { permissions: ['BAN_MEMBERS'] },
  takesAuditLogReason: true,
  pathParameters: MEMBER,
  // Discord's document demands a JSON body here; the layer sends an empty object.
  body: { schema: z.strictObject({}), isRequired: false, takesFiles: false },
  successStatuses: [204],
  example: { pathParameters: LINUS },
});

export const bansCreateBulk = defineBotAction({
  id: 'bans.create_bulk',
  summary: 'Ban up to 200 users from a guild at once',
  method: 'POST',
  path: '/guilds/{guild_id}/bulk-ban',
  operationId: 'bulk_ban_users_from_guild',
  docs: 'resources/guild#bulk-guild-ban',
  effect: 'destructive',
  needs: { permissions: ['BAN_MEMBERS', 'MANAGE_GUILD'], rules: ['bulk_ban'] },
  retry: 'recorded',
  takesAuditLogReason: true,
  pathParameters: GUILD,
  body: { schema: bulkBanBody, isRequired: true, takesFiles: false },
  answer: bulkBanAnswer,
  example: {
    pathParameters: IN_GUILD,
    body: { user_ids: ['80351110224678912'] },
    answer: { banned_users: ['80351110224678912'], failed_users: [] },
  },
});
