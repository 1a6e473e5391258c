import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import type { ApplicationRecord, PrivilegedIntent } from '../state/records.ts';
import type { PlacedChannel } from '../state/guild-state.ts';
import type { WorldGuild } from '../world/world.ts';
import { findMember, findUser } from '../world/world.ts';
import { evaluatePermissions, has } from './evaluate.ts';

/** A guild that the bot is in, and what it may do there. */
export interface FoundGuild {
  readonly guild: WorldGuild;
  readonly permissions: bigint;
}

/** A channel or thread that the bot can see, and what it may do in it. */
export interface FoundChannel extends PlacedChannel {
  readonly permissions: bigint;
}

/** Permissions that a guild with `mfa_level` 1 lets nobody use without two-factor. Discord docs: topics/permissions */
const TWO_FACTOR_PERMISSIONS =
  PERMISSION.KICK_MEMBERS |
  PERMISSION.BAN_MEMBERS |
  PERMISSION.ADMINISTRATOR |
  PERMISSION.MANAGE_CHANNELS |
  PERMISSION.MANAGE_GUILD |
  PERMISSION.MANAGE_MESSAGES |
  PERMISSION.MANAGE_ROLES |
  PERMISSION.MANAGE_WEBHOOKS |
  PERMISSION.MANAGE_THREADS;

/** Tells an answer, which ends the call, from what was looked for. */
export function isAnswer(value: object): value is Answer {
  return 'status' in value && 'headers' in value;
}

/**
 * The application whose bot makes the call. Its client id is the bot's user id.
 * @throws Error on a route that other credentials open too
 */
export function requireBot({ credential }: ApiCall): ApplicationRecord {
  if (credential.kind !== 'bot') throw new Error('the route does not demand a bot token');
  return credential.application;
}

/** The guild, or 404 with 10004: a guild without the bot looks like one that does not exist. */
export function findGuildOfBot(call: ApiCall, guildId: string): FoundGuild | Answer {
  const { clientId } = requireBot(call);
  const { simulation } = call;
  const guild = simulation.guilds.findGuild(guildId);
  if (guild === undefined || findMember(guild, clientId) === undefined) {
    return buildApiErrorAnswer(404, 10004, 'Unknown Guild');
  }
  const nowEpochMs = simulation.nowEpochMs();
  return { guild, permissions: evaluatePermissions({ guild, memberId: clientId, nowEpochMs }) };
}

/** The channel or thread; 404 with 10003 when there is none, 403 with 50001 when the bot is not in its guild or cannot see it. */
export function findVisibleChannel(call: ApiCall, channelId: string): FoundChannel | Answer {
  const { clientId } = requireBot(call);
  const { simulation } = call;
  const placed = simulation.guilds.findChannel(channelId);
  if (placed === undefined) return buildApiErrorAnswer(404, 10003, 'Unknown Channel');
  const nowEpochMs = simulation.nowEpochMs();
  const permissions = evaluatePermissions({ ...placed, memberId: clientId, nowEpochMs });
  return has(permissions, PERMISSION.VIEW_CHANNEL) ? { ...placed, permissions } : buildMissingAccessAnswer();
}

/** @returns 403 with 50013 unless the bot has every one of the permissions in the channel */
export function requireChannelPermission(call: ApiCall, found: FoundChannel, ...needed: bigint[]): Answer | undefined {
  return findRefusal(call, found, needed);
}

/** The guild, or a refusal: 404 with 10004, 403 with 50013 unless the bot has every one of the permissions in the guild. */
export function requireGuildPermission(call: ApiCall, guildId: string, ...needed: bigint[]): FoundGuild | Answer {
  const found = findGuildOfBot(call, guildId);
  return isAnswer(found) ? found : (findRefusal(call, found, needed) ?? found);
}

/** @returns 403 with 50001 unless the intent is switched on for the application */
export function requireIntent(call: ApiCall, intent: PrivilegedIntent): Answer | undefined {
  return requireBot(call).intents.includes(intent) ? undefined : buildMissingAccessAnswer();
}

export function buildMissingAccessAnswer(): Answer {
  return buildApiErrorAnswer(403, 50001, 'Missing Access');
}

export function buildMissingPermissionsAnswer(): Answer {
  return buildApiErrorAnswer(403, 50013, 'Missing Permissions');
}

function findRefusal(call: ApiCall, found: FoundGuild, needed: readonly bigint[]): Answer | undefined {
  const bits = needed.reduce((sum, bit) => sum | bit, 0n);
  if (!has(found.permissions, bits)) return buildMissingPermissionsAnswer();
  if (found.guild.mfa_level === 0 || (bits & TWO_FACTOR_PERMISSIONS) === 0n) return undefined;
  // For a bot it is the owner of its application who must have it.
  const owner = findUser(call.simulation.world, requireBot(call).ownerUserId);
  if (owner?.mfa_enabled === true) return undefined;
  return buildApiErrorAnswer(403, 60003, 'Two factor is required for this operation');
}
