import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import { compareSnowflakes } from '../snowflake.ts';
import type { WorldMember } from '../world/world.ts';
import { findMember } from '../world/world.ts';
import { findAccount } from './accounts.ts';
import type { FoundGuild } from './access.ts';
import {
  buildMissingPermissionsAnswer,
  findGuildOfBot,
  isAnswer,
  requireBot,
  requireGuildPermission,
  requireIntent,
} from './access.ts';
import { addMember } from './add-member.ts';
import { buildUnknownMemberAnswer, editMember } from './edit-member.ts';
import { toGuildMember } from './guild-objects.ts';
import { isAbove } from './hierarchy.ts';
import { removeFromGuild } from './installation.ts';
import { canGive, canTake } from './role-changes.ts';

const MEMBER_PATH = '/guilds/{guild_id}/members/{user_id}';

/** All of them are counted for each guild. */
const SHARED = { credentials: ['bot'], majorParameter: 'guild_id' } as const;

/**
 * The members of a guild.
 * @see Discord docs: resources/guild
 */
export const MEMBER_ROUTES: readonly ApiRoute[] = [
  {
    ...SHARED,
    method: 'GET',
    path: '/guilds/{guild_id}/members',
    bucket: 'guilds/{guild_id}/members',
    handle: listMembers,
  },
  {
    ...SHARED,
    method: 'GET',
    path: '/guilds/{guild_id}/members/search',
    bucket: 'guilds/{guild_id}/members/search',
    handle: searchMembers,
  },
  { ...SHARED, method: 'GET', path: MEMBER_PATH, bucket: 'guilds/{guild_id}/members/{user_id}', handle: readMember },
  { ...SHARED, method: 'PUT', path: MEMBER_PATH, bucket: 'guilds/{guild_id}/members/{user_id}', handle: addMember },
  {
    ...SHARED,
    method: 'PATCH',
    path: MEMBER_PATH,
    bucket: 'guilds/{guild_id}/members/{user_id}',
    auditAction: 'update_guild_member',
    handle: editMember,
  },
  {
    ...SHARED,
    method: 'DELETE',
    path: MEMBER_PATH,
    bucket: 'guilds/{guild_id}/members/{user_id}',
    auditAction: 'delete_guild_member',
    handle: kickMember,
  },
  {
    ...SHARED,
    method: 'PUT',
    path: `${MEMBER_PATH}/roles/{role_id}`,
    bucket: 'guilds/{guild_id}/members/{user_id}/roles/{role_id}',
    auditAction: 'add_guild_member_role',
    handle: (call) => changeRole(call, 'add'),
  },
  {
    ...SHARED,
    method: 'DELETE',
    path: `${MEMBER_PATH}/roles/{role_id}`,
    bucket: 'guilds/{guild_id}/members/{user_id}/roles/{role_id}',
    auditAction: 'delete_guild_member_role',
    handle: (call) => changeRole(call, 'remove'),
  },
];

function listMembers(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    limit: { kind: 'integer', minimum: 1, maximum: 1000 },
    after: { kind: 'snowflake' },
  });
  if (!query.ok) return query.answer;
  const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
  if (isAnswer(found)) return found;
  const refusal = requireIntent(call, 'GUILD_MEMBERS');
  if (refusal !== undefined) return refusal;
  const after = query.values.get('after') ?? '0';
  const members = found.guild.members
    .filter(({ user_id }) => compareSnowflakes(user_id, after) > 0)
    .toSorted((left, right) => compareSnowflakes(left.user_id, right.user_id));
  return answerMembers(call, members, query.values.get('limit'));
}

/** By the beginning of the user name, the display name or the nick, in any case. */
function searchMembers(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    limit: { kind: 'integer', minimum: 1, maximum: 1000 },
    query: { kind: 'text', minimum: 1, maximum: 100, isRequired: true },
  });
  if (!query.ok) return query.answer;
  const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
  if (isAnswer(found)) return found;
  const beginning = (query.values.get('query') ?? '').toLowerCase();
  const members = found.guild.members.filter((member) => {
    const account = findAccount(call.simulation, member.user_id);
    const names = [account?.username, account?.global_name, member.nick];
    return names.some((name) => name?.toLowerCase().startsWith(beginning) === true);
  });
  return answerMembers(call, members, query.values.get('limit'));
}

/** One member is what Discord gives when no limit is asked for. */
function answerMembers(call: ApiCall, members: readonly WorldMember[], limit = '1'): Answer {
  const page = members.slice(0, Number(limit));
  return buildJsonAnswer(
    200,
    page.map((member) => toGuildMember(call.simulation, member)),
  );
}

function readMember(call: ApiCall): Answer {
  const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
  if (isAnswer(found)) return found;
  const member = findMember(found.guild, call.parameters['user_id'] ?? '');
  if (member === undefined) return buildUnknownMemberAnswer(call);
  return buildJsonAnswer(200, toGuildMember(call.simulation, member));
}

function kickMember(call: ApiCall): Answer {
  const found = requireGuildPermission(call, call.parameters['guild_id'] ?? '', PERMISSION.KICK_MEMBERS);
  if (isAnswer(found)) return found;
  const member = findMember(found.guild, call.parameters['user_id'] ?? '');
  if (member === undefined) return buildUnknownMemberAnswer(call);
  if (!isAbove(found.guild, requireBot(call).clientId, member.user_id)) return buildMissingPermissionsAnswer();
  removeFromGuild(call.simulation, found.guild.id, member.user_id);
  return buildEmptyAnswer();
}

function changeRole(call: ApiCall, change: 'add' | 'remove'): Answer {
  const found = requireGuildPermission(call, call.parameters['guild_id'] ?? '', PERMISSION.MANAGE_ROLES);
  if (isAnswer(found)) return found;
  const { guild } = found;
  const roleId = call.parameters['role_id'] ?? '';
  const member = findMember(guild, call.parameters['user_id'] ?? '');
  if (member === undefined) return buildUnknownMemberAnswer(call);
  const role = guild.roles.find(({ id }) => id === roleId);
  if (role === undefined) return buildApiErrorAnswer(404, 10011, 'Unknown Role');
  if (role.id === guild.id) return buildApiErrorAnswer(400, 50028, 'Invalid Role');
  const isAllowed = change === 'add' ? canGive(call, found, role) : canTake(call, found, role);
  if (!isAllowed) return buildMissingPermissionsAnswer();
  const others = member.roles.filter((id) => id !== roleId);
  saveMember(call, found, { ...member, roles: change === 'add' ? [...others, roleId] : others });
  return buildEmptyAnswer();
}

function saveMember(call: ApiCall, { guild }: FoundGuild, member: WorldMember): void {
  call.simulation.guilds.putMember(guild.id, member);
}
