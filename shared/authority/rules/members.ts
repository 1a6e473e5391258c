import { listMissing, PERMISSIONS, type PermissionName } from '../../catalogue/permission.ts';
import type { AuthorityFailure } from '../../problems/failure.ts';
import { isVoice } from '../channel-kinds.ts';
import type { MemberFacts } from '../facts.ts';
import { isMemberBelow, isRoleBelow } from '../hierarchy.ts';
import { listNames, readMember, readText, readTexts } from '../../domain/json-fields.ts';
import { demandInGuild, demandInOtherChannel, demandOf, requireParameter, type GuildCall, type Rule } from '../rule.ts';
import { buildLack, loadHeld, namePermissions } from '../side.ts';

/** Members are read one by one: so many at a time. */
const READ_TOGETHER = 10;

/** What each member of a body needs. */
const FIELD_NEEDS: Readonly<Record<string, PermissionName>> = {
  nick: 'MANAGE_NICKNAMES',
  roles: 'MANAGE_ROLES',
  mute: 'MUTE_MEMBERS',
  deaf: 'DEAFEN_MEMBERS',
  channel_id: 'MOVE_MEMBERS',
  communication_disabled_until: 'MODERATE_MEMBERS',
};

/** Any of these lets one set the flags of a member. @see Discord docs: resources/guild (Modify Guild Member) */
const FLAGS_NEEDS: readonly (readonly PermissionName[])[] = [
  ['KICK_MEMBERS', 'BAN_MEMBERS', 'MODERATE_MEMBERS'],
  ['MANAGE_ROLES'],
  ['MANAGE_GUILD'],
];

/** Who lacks them all is told of the ones of which he lacks the least. */
async function demandForFlags(call: GuildCall): Promise<AuthorityFailure[]> {
  const { guild, facts, nowEpochMs } = call;
  const failures: AuthorityFailure[] = [];
  for (const side of [call.actor, call.bot]) {
    const held = await loadHeld(facts, { guild }, side, nowEpochMs);
    const [missing = []] = FLAGS_NEEDS.map((needed) => listMissing(needed, held)).toSorted(
      (left, right) => left.length - right.length,
    );
    if (missing.length > 0) failures.push(buildLack(side.who, missing, { guild }));
  }
  return failures;
}

function listFieldNeeds(body: unknown): PermissionName[] {
  return listNames(body).flatMap((name) => FIELD_NEEDS[name] ?? []);
}

function judgeBelow(call: GuildCall, target: MemberFacts, isFreeForHimself: boolean): AuthorityFailure[] {
  return [call.actor, call.bot]
    .filter(({ member }) => !(isFreeForHimself && member.userId === target.userId))
    .filter(({ member }) => !isMemberBelow(call.guild, member, target))
    .map(({ who }) => ({ reason: 'target_not_below', who, target: 'member', targetId: target.userId }));
}

/** Somebody who is not in the guild stands below everybody, and can be banned; nothing else can be done to him. */
export const below: Rule = {
  inGuild: async (call) => {
    const target = await call.facts.loadMember(call.guild.id, requireParameter(call, 'user_id'));
    if (target !== undefined) return judgeBelow(call, target, false);
    const isBan = call.call.action.needs.permissions.includes('BAN_MEMBERS');
    return isBan ? [] : [{ reason: 'bot_access_missing', what: 'member' }];
  },
};

export const bulkBan: Rule = {
  inGuild: async (call) => {
    const userIds = [...new Set(readTexts(call.call.body, 'user_ids'))];
    const failures: AuthorityFailure[] = [];
    for (let at = 0; at < userIds.length; at += READ_TOGETHER) {
      const some = userIds.slice(at, at + READ_TOGETHER);
      const targets = await Promise.all(some.map((userId) => call.facts.loadMember(call.guild.id, userId)));
      failures.push(...targets.flatMap((target) => (target === undefined ? [] : judgeBelow(call, target, false))));
    }
    return failures;
  },
};

/**
 * Whether a role may be given or taken. Discord looks at the bot's position only; the user could by himself give no permission
 * that he has not.
 */
async function judgeRole(call: GuildCall, roleId: string): Promise<AuthorityFailure[]> {
  const { guild, actor, bot } = call;
  const role = guild.roles.find(({ id }) => id === roleId);
  // A managed role goes with its integration or bot, and @everyone with the guild.
  if (role === undefined || role.isManaged || role.id === guild.id) return [{ reason: 'role_not_assignable', roleId }];
  const failures: AuthorityFailure[] = [actor, bot]
    .filter(({ member }) => !isRoleBelow(guild, member, role))
    .map(({ who }) => ({ reason: 'target_not_below', who, target: 'role', targetId: roleId }));
  const held = await loadHeld(call.facts, { guild }, actor, call.nowEpochMs);
  const beyond = role.permissions & ~held;
  return beyond === 0n ? failures : [...failures, buildLack('actor', namePermissions(beyond), { guild })];
}

async function judgeRoles(call: GuildCall, roleIds: readonly string[]): Promise<AuthorityFailure[]> {
  const failures: AuthorityFailure[] = [];
  for (const roleId of roleIds) failures.push(...(await judgeRole(call, roleId)));
  return failures;
}

export const role: Rule = { inGuild: (call) => judgeRole(call, requireParameter(call, 'role_id')) };

/** `roles` replaces the whole set: what comes and what goes is judged. */
export const editMember: Rule = {
  inGuild: async (call) => {
    const { body } = call.call;
    const names = listNames(body);
    const target = await call.facts.loadMember(call.guild.id, requireParameter(call, 'user_id'));
    if (target === undefined) return [{ reason: 'bot_access_missing', what: 'member' }];
    const wanted = readTexts(body, 'roles');
    const changed = [...wanted, ...target.roleIds].filter((id) => wanted.includes(id) !== target.roleIds.includes(id));
    const channelId = readText(body, 'channel_id');
    return [
      ...(await demandInGuild(call, listFieldNeeds(body))),
      ...(names.includes('flags') ? await demandForFlags(call) : []),
      ...judgeBelow(call, target, !names.includes('communication_disabled_until')),
      ...(names.includes('roles') ? await judgeRoles(call, [...new Set(changed)]) : []),
      ...(channelId === undefined
        ? []
        : await demandInOtherChannel(call, channelId, ['CONNECT'], ({ channel }) => isVoice(channel))),
    ];
  },
};

/** Nobody is in the guild yet who could have permissions there: fields that need one are refused. */
export const addMember: Rule = {
  inGuild: async (call) => {
    const { body } = call.call;
    if (requireParameter(call, 'user_id') !== call.parties.actorId) return [{ reason: 'only_own_member' }];
    const needs = listFieldNeeds(body);
    const place = { guild: call.guild };
    const lacks = call.isActorMember
      ? await demandOf(call, 'actor', needs, place)
      : needs.length > 0
        ? [buildLack('actor', sortPermissions(needs), place)]
        : [];
    return [
      ...lacks,
      ...(await demandOf(call, 'bot', ['CREATE_INSTANT_INVITE', ...needs], place)),
      ...(readMember(body, 'roles') === undefined ? [] : await judgeRoles(call, readTexts(body, 'roles'))),
    ];
  },
};

function sortPermissions(names: readonly PermissionName[]): string[] {
  return Object.keys(PERMISSIONS).filter((name) => names.some((needed) => needed === name));
}
