import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { bodyBoolean, bodyInteger, bodySet, bodySnowflake, bodyText, maybe, parseJsonBody } from '../api/body.ts';
import type { ApiCall } from '../api/route.ts';
import { toDiscordTime } from '../api/wire-objects.ts';
import { PERMISSION } from '../permissions.ts';
import { findMember } from '../world/world.ts';
import { findAccount } from './accounts.ts';
import type { FoundGuild } from './access.ts';
import { buildMissingPermissionsAnswer, isAnswer, requireBot, requireGuildPermission } from './access.ts';
import { toGuildMember } from './guild-objects.ts';
import { canExchange } from './role-changes.ts';

const newMember = z.object({
  access_token: bodyText(0, 10_240),
  nick: maybe(bodyText(0, 32)),
  roles: maybe(bodySet(bodySnowflake, 250)),
  mute: maybe(bodyBoolean),
  deaf: maybe(bodyBoolean),
  flags: maybe(bodyInteger(0, 2 ** 31 - 1)),
});

type NewMember = z.output<typeof newMember>;

/**
 * `PUT /guilds/{guild_id}/members/{user_id}`: the user's own token of the same application, with `guilds.join`, says that he
 * wants to. 201 with the member, 204 for one who is in the guild already.
 * @see Discord docs: resources/guild#add-guild-member
 */
export function addMember(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, newMember);
  if (!body.ok) return body.answer;
  const { simulation, parameters } = call;
  const userId = parameters['user_id'] ?? '';
  const found = requireGuildPermission(call, parameters['guild_id'] ?? '', PERMISSION.CREATE_INSTANT_INVITE);
  if (isAnswer(found)) return found;
  const { guild } = found;
  if (findAccount(simulation, userId) === undefined) return buildApiErrorAnswer(404, 10013, 'Unknown User');
  if (!isWilling(call, userId, body.value.access_token)) {
    return buildApiErrorAnswer(403, 50025, 'Invalid OAuth2 access token');
  }
  if (guild.bans?.some(({ user_id }) => user_id === userId) === true) {
    return buildApiErrorAnswer(403, 40007, 'The user is banned from this guild.');
  }
  if (findMember(guild, userId) !== undefined) return buildEmptyAnswer();
  const refusal = findRefusal(call, found, body.value);
  if (refusal !== undefined) return refusal;
  const { nick, roles, mute, deaf } = body.value;
  const member = {
    user_id: userId,
    nick: nick === undefined || nick === '' ? null : nick,
    roles: roles ?? [],
    joined_at: toDiscordTime(simulation.nowEpochMs()),
    pending: guild.features.includes('MEMBER_VERIFICATION_GATE_ENABLED'),
    communication_disabled_until: null,
    mute: mute ?? false,
    deaf: deaf ?? false,
  };
  simulation.guilds.putMember(guild.id, member);
  return buildJsonAnswer(201, toGuildMember(simulation, member));
}

function isWilling(call: ApiCall, userId: string, accessToken: string): boolean {
  const { store, nowEpochMs } = { store: call.simulation.store, nowEpochMs: call.simulation.nowEpochMs() };
  const tokens = store.findByAccessToken(accessToken);
  if (tokens === undefined || tokens.accessExpiresAtEpochMs <= nowEpochMs) return false;
  const isSameApplication = tokens.clientId === requireBot(call).clientId;
  return isSameApplication && tokens.userId === userId && tokens.scopes.includes('guilds.join');
}

function findRefusal(call: ApiCall, found: FoundGuild, { nick, roles, mute, deaf }: NewMember): Answer | undefined {
  const needed = [
    typeof nick === 'string' ? PERMISSION.MANAGE_NICKNAMES : 0n,
    roles === undefined || roles === null ? 0n : PERMISSION.MANAGE_ROLES,
    typeof mute === 'boolean' ? PERMISSION.MUTE_MEMBERS : 0n,
    typeof deaf === 'boolean' ? PERMISSION.DEAFEN_MEMBERS : 0n,
  ];
  const allowed = requireGuildPermission(call, found.guild.id, ...needed);
  if (isAnswer(allowed)) return allowed;
  const known = new Set(found.guild.roles.map(({ id }) => id));
  if (roles?.some((id) => !known.has(id)) === true) return buildApiErrorAnswer(404, 10011, 'Unknown Role');
  if (roles?.includes(found.guild.id) === true) return buildApiErrorAnswer(400, 50028, 'Invalid Role');
  return canExchange(call, found, [], roles ?? []) ? undefined : buildMissingPermissionsAnswer();
}
