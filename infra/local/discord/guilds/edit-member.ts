import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildFieldErrorAnswer, buildJsonAnswer } from '../answer.ts';
import {
  bodyBoolean,
  bodyInteger,
  bodySet,
  bodySnowflake,
  bodyText,
  bodyTime,
  maybe,
  parseJsonBody,
} from '../api/body.ts';
import type { ApiCall } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
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
} from './access.ts';
import { evaluateRoles, has } from './evaluate.ts';
import { toGuildMember } from './guild-objects.ts';
import { isAbove } from './hierarchy.ts';
import { canExchange } from './role-changes.ts';

/** Milliseconds: 28 days, the longest time-out. Discord docs: resources/guild#modify-guild-member */
const MAX_TIMEOUT_MS = 28 * 24 * 60 * 60 * 1000;

/** Voice and stage channels. */
const VOICE_TYPES: ReadonlySet<number> = new Set([2, 13]);

const memberEdit = z.object({
  nick: maybe(bodyText(0, 32)),
  roles: maybe(bodySet(bodySnowflake, 350)),
  mute: maybe(bodyBoolean),
  deaf: maybe(bodyBoolean),
  channel_id: maybe(bodySnowflake),
  communication_disabled_until: maybe(bodyTime),
  flags: maybe(bodyInteger(0, 2 ** 31 - 1)),
});

type MemberEdit = z.output<typeof memberEdit>;

/** The permission that each field asks for. */
const FIELD_PERMISSIONS: Readonly<Record<Exclude<keyof MemberEdit, 'flags'>, bigint>> = {
  nick: PERMISSION.MANAGE_NICKNAMES,
  roles: PERMISSION.MANAGE_ROLES,
  mute: PERMISSION.MUTE_MEMBERS,
  deaf: PERMISSION.DEAFEN_MEMBERS,
  channel_id: PERMISSION.MOVE_MEMBERS,
  communication_disabled_until: PERMISSION.MODERATE_MEMBERS,
};

/** Any one of these lets a bot set the flags of a member. Discord docs: resources/guild#modify-guild-member */
const FLAGS_PERMISSIONS = [
  PERMISSION.MANAGE_GUILD,
  PERMISSION.MANAGE_ROLES,
  PERMISSION.MODERATE_MEMBERS | PERMISSION.KICK_MEMBERS | PERMISSION.BAN_MEMBERS,
];

/**
 * `PATCH /guilds/{guild_id}/members/{user_id}`: each field has its own permission, and all of the edit is done or none.
 * Discord documents the hierarchy for some fields only; here it is demanded for all.
 * @see Discord docs: resources/guild#modify-guild-member
 */
export function editMember(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, memberEdit);
  if (!body.ok) return body.answer;
  const edit = body.value;
  const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
  if (isAnswer(found)) return found;
  const member = findMember(found.guild, call.parameters['user_id'] ?? '');
  if (member === undefined) return buildUnknownMemberAnswer(call);
  const refusal = findRefusal(call, found, member, edit);
  if (refusal !== undefined) return refusal;
  const edited = applyEdit(member, edit);
  call.simulation.guilds.putMember(found.guild.id, edited);
  return buildJsonAnswer(200, toGuildMember(call.simulation, edited));
}

/** 10007 for somebody who is not in the guild, 10013 for somebody who does not exist. */
export function buildUnknownMemberAnswer({ simulation, parameters }: ApiCall, userId = parameters['user_id']): Answer {
  return findAccount(simulation, userId ?? '') === undefined
    ? buildApiErrorAnswer(404, 10013, 'Unknown User')
    : buildApiErrorAnswer(404, 10007, 'Unknown Member');
}

function findRefusal(call: ApiCall, found: FoundGuild, member: WorldMember, edit: MemberEdit): Answer | undefined {
  for (const [field, permission] of Object.entries(FIELD_PERMISSIONS)) {
    if (edit[field as keyof MemberEdit] === undefined) continue;
    const allowed = requireGuildPermission(call, found.guild.id, permission);
    if (isAnswer(allowed)) return allowed;
  }
  if (edit.flags !== undefined && !FLAGS_PERMISSIONS.some((needed) => has(found.permissions, needed))) {
    return buildMissingPermissionsAnswer();
  }
  const isChange = Object.values(edit).some((value) => value !== undefined);
  if (isChange && !isAbove(found.guild, requireBot(call).clientId, member.user_id)) {
    return buildMissingPermissionsAnswer();
  }
  return (
    findRolesRefusal(call, found, member, edit) ??
    findTimeoutRefusal(call, found, member, edit) ??
    findVoiceRefusal(found, member, edit)
  );
}

function findRolesRefusal(call: ApiCall, found: FoundGuild, member: WorldMember, { roles }: MemberEdit) {
  if (roles === undefined) return undefined;
  const after = roles ?? [];
  const known = new Set(found.guild.roles.map(({ id }) => id));
  if (after.some((id) => !known.has(id))) return buildApiErrorAnswer(404, 10011, 'Unknown Role');
  if (after.includes(found.guild.id)) return buildApiErrorAnswer(400, 50028, 'Invalid Role');
  return canExchange(call, found, member.roles, after) ? undefined : buildMissingPermissionsAnswer();
}

function findTimeoutRefusal({ simulation }: ApiCall, { guild }: FoundGuild, member: WorldMember, edit: MemberEdit) {
  const until = edit.communication_disabled_until;
  if (until === undefined || until === null) return undefined;
  if (Date.parse(until) > simulation.nowEpochMs() + MAX_TIMEOUT_MS) {
    const error = { code: 'DATE_TIME_TYPE_MAX', message: 'Must be at most 28 days from now.' };
    return buildFieldErrorAnswer({ communication_disabled_until: error });
  }
  return has(evaluateRoles(guild, member.user_id), PERMISSION.ADMINISTRATOR)
    ? buildMissingPermissionsAnswer()
    : undefined;
}

function findVoiceRefusal({ guild }: FoundGuild, member: WorldMember, edit: MemberEdit): Answer | undefined {
  const isVoiceEdit = [edit.mute, edit.deaf, edit.channel_id].some((value) => value !== undefined);
  if (!isVoiceEdit) return undefined;
  if (typeof (member.voice_channel_id ?? null) !== 'string') {
    return buildApiErrorAnswer(400, 40032, 'Target user is not connected to voice.');
  }
  if (typeof edit.channel_id !== 'string') return undefined;
  const target = guild.channels.find(({ id }) => id === edit.channel_id);
  if (target === undefined) return buildApiErrorAnswer(404, 10003, 'Unknown Channel');
  if (VOICE_TYPES.has(target.type)) return undefined;
  return buildApiErrorAnswer(400, 50024, 'Cannot execute action on this channel type');
}

/** A null puts the field back to nothing. */
function applyEdit(member: WorldMember, edit: MemberEdit): WorldMember {
  return {
    ...member,
    ...(edit.nick === undefined ? {} : { nick: edit.nick === '' ? null : edit.nick }),
    ...(edit.roles === undefined ? {} : { roles: edit.roles ?? [] }),
    ...(edit.mute === undefined ? {} : { mute: edit.mute ?? false }),
    ...(edit.deaf === undefined ? {} : { deaf: edit.deaf ?? false }),
    ...(edit.channel_id === undefined ? {} : { voice_channel_id: edit.channel_id }),
    ...(edit.communication_disabled_until === undefined
      ? {}
      : { communication_disabled_until: edit.communication_disabled_until }),
  };
}
