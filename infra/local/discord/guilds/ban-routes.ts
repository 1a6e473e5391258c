import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { bodyInteger, bodySet, bodySnowflake, maybe, parseJsonBody } from '../api/body.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import { compareSnowflakes } from '../snowflake.ts';
import type { WorldBan, WorldGuild } from '../world/world.ts';
import { findAccount } from './accounts.ts';
import { parseAuditLogReason } from './audit-log.ts';
import { buildMissingPermissionsAnswer, isAnswer, requireBot, requireGuildPermission } from './access.ts';
import { isAbove } from './hierarchy.ts';
import { removeFromGuild } from './installation.ts';

const MAX_BANS = 1000;
const SECONDS_PER_DAY = 86_400;

const deleteSeconds = maybe(bodyInteger(0, 604_800));
const ban = z.object({ delete_message_seconds: deleteSeconds, delete_message_days: maybe(bodyInteger(0, 7)) });
const bulkBan = z.object({
  user_ids: bodySet(bodySnowflake, 200),
  delete_message_seconds: deleteSeconds,
});

const SHARED = { credentials: ['bot'], majorParameter: 'guild_id' } as const;
const BAN_PATH = '/guilds/{guild_id}/bans/{user_id}';

/**
 * Bans of a guild.
 * @see Discord docs: resources/guild#get-guild-bans
 */
export const BAN_ROUTES: readonly ApiRoute[] = [
  { ...SHARED, method: 'GET', path: '/guilds/{guild_id}/bans', bucket: 'guilds/{guild_id}/bans', handle: listBans },
  { ...SHARED, method: 'GET', path: BAN_PATH, bucket: 'guilds/{guild_id}/bans/{user_id}', handle: readBan },
  {
    ...SHARED,
    method: 'PUT',
    path: BAN_PATH,
    bucket: 'guilds/{guild_id}/bans/{user_id}',
    auditAction: 'ban_user_from_guild',
    handle: banUser,
  },
  {
    ...SHARED,
    method: 'DELETE',
    path: BAN_PATH,
    bucket: 'guilds/{guild_id}/bans/{user_id}',
    auditAction: 'unban_user_from_guild',
    handle: unbanUser,
  },
  {
    ...SHARED,
    method: 'POST',
    path: '/guilds/{guild_id}/bulk-ban',
    bucket: 'guilds/{guild_id}/bulk-ban',
    auditAction: 'bulk_ban_users_from_guild',
    handle: bulkBanUsers,
  },
];

function listBans(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    limit: { kind: 'integer', minimum: 1, maximum: MAX_BANS },
    before: { kind: 'snowflake' },
    after: { kind: 'snowflake' },
  });
  if (!query.ok) return query.answer;
  const found = requireBanning(call);
  if (isAnswer(found)) return found;
  const limit = Number(query.values.get('limit') ?? MAX_BANS);
  const before = query.values.get('before');
  const after = before === undefined ? query.values.get('after') : undefined;
  const bans = (found.guild.bans ?? [])
    .filter(({ user_id }) => before === undefined || compareSnowflakes(user_id, before) < 0)
    .filter(({ user_id }) => after === undefined || compareSnowflakes(user_id, after) > 0)
    .toSorted((left, right) => compareSnowflakes(left.user_id, right.user_id));
  // Backwards the page ends at the cursor.
  const page = before === undefined ? bans.slice(0, limit) : bans.slice(-limit);
  return buildJsonAnswer(
    200,
    page.map((item) => toBan(call, item)),
  );
}

function readBan(call: ApiCall): Answer {
  const found = requireBanning(call);
  if (isAnswer(found)) return found;
  const item = findBan(found.guild, call.parameters['user_id'] ?? '');
  return item === undefined ? buildUnknownBanAnswer() : buildJsonAnswer(200, toBan(call, item));
}

function banUser(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, ban);
  if (!body.ok) return body.answer;
  const found = requireBanning(call);
  if (isAnswer(found)) return found;
  const userId = call.parameters['user_id'] ?? '';
  if (findAccount(call.simulation, userId) === undefined) return buildApiErrorAnswer(404, 10013, 'Unknown User');
  if (!isAbove(found.guild, requireBot(call).clientId, userId)) return buildMissingPermissionsAnswer();
  const { delete_message_seconds: seconds, delete_message_days: days } = body.value;
  putBan(call, found.guild, userId, seconds ?? (days ?? 0) * SECONDS_PER_DAY);
  return buildEmptyAnswer();
}

function unbanUser(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, z.object({}));
  if (!body.ok) return body.answer;
  const found = requireBanning(call);
  if (isAnswer(found)) return found;
  const userId = call.parameters['user_id'] ?? '';
  if (findBan(found.guild, userId) === undefined) return buildUnknownBanAnswer();
  call.simulation.guilds.removeBan(found.guild.id, userId);
  return buildEmptyAnswer();
}

/** Bans whom it can; who is banned already, stands above or does not exist is among the failed. */
function bulkBanUsers(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, bulkBan);
  if (!body.ok) return body.answer;
  const needed = [PERMISSION.BAN_MEMBERS, PERMISSION.MANAGE_GUILD];
  const found = requireGuildPermission(call, call.parameters['guild_id'] ?? '', ...needed);
  if (isAnswer(found)) return found;
  const { guild } = found;
  const { clientId } = requireBot(call);
  const isBannable = (userId: string): boolean =>
    findAccount(call.simulation, userId) !== undefined &&
    findBan(guild, userId) === undefined &&
    isAbove(guild, clientId, userId);
  const banned = body.value.user_ids.filter(isBannable);
  if (banned.length === 0) return buildApiErrorAnswer(400, 500_000, 'Failed to ban users');
  for (const userId of banned) putBan(call, guild, userId, body.value.delete_message_seconds ?? 0);
  const failed = body.value.user_ids.filter((userId) => !banned.includes(userId));
  return buildJsonAnswer(200, { banned_users: banned, failed_users: failed });
}

function requireBanning(call: ApiCall) {
  return requireGuildPermission(call, call.parameters['guild_id'] ?? '', PERMISSION.BAN_MEMBERS);
}

function findBan(guild: WorldGuild, userId: string): WorldBan | undefined {
  return guild.bans?.find(({ user_id }) => user_id === userId);
}

/** @param deleteSeconds - so far back the user's messages in the guild are deleted */
function putBan(call: ApiCall, guild: WorldGuild, userId: string, deleteSeconds: number): void {
  const given = parseAuditLogReason(call.request);
  deleteMessagesOf(call, guild, userId, deleteSeconds);
  removeFromGuild(call.simulation, guild.id, userId);
  call.simulation.guilds.putBan(guild.id, { user_id: userId, reason: given.ok ? given.reason : null });
}

function deleteMessagesOf({ simulation }: ApiCall, guild: WorldGuild, userId: string, deleteSeconds: number): void {
  const { messages } = simulation;
  const sinceEpochMs = simulation.nowEpochMs() - deleteSeconds * 1000;
  for (const { id } of guild.channels) {
    const old = messages
      .listInChannel(id)
      .filter(({ authorId, createdAtEpochMs }) => authorId === userId && createdAtEpochMs > sinceEpochMs);
    for (const message of old) messages.remove(id, message.id);
  }
}

function toBan({ simulation }: ApiCall, { user_id, reason }: WorldBan) {
  return { reason, user: findAccount(simulation, user_id)?.json ?? { id: user_id } };
}

function buildUnknownBanAnswer(): Answer {
  return buildApiErrorAnswer(404, 10026, 'Unknown Ban');
}
