import { ALL_PERMISSIONS, PERMISSION } from '../permissions.ts';
import type { WorldChannel, WorldGuild, WorldMember } from '../world/world.ts';
import { findMember, isThread } from '../world/world.ts';

/** Whose permissions where: in the channel or thread, or in the guild as a whole when there is no channel. */
export interface EvaluationInput {
  readonly guild: WorldGuild;
  readonly memberId: string;
  /** Of the same guild. */
  readonly channel?: WorldChannel | undefined;
  readonly nowEpochMs: number;
}

const PRIVATE_THREAD = 12;

/** Voice and stage channels: without CONNECT nothing is allowed in them. */
const CONNECTED_CHANNEL_TYPES: ReadonlySet<number> = new Set([2, 13]);

const KEPT_WHILE_TIMED_OUT = PERMISSION.VIEW_CHANNEL | PERMISSION.READ_MESSAGE_HISTORY;

const WORTHLESS_WITHOUT_SENDING =
  PERMISSION.MENTION_EVERYONE | PERMISSION.SEND_TTS_MESSAGES | PERMISSION.ATTACH_FILES | PERMISSION.EMBED_LINKS;

/**
 * What a member may really do at a place, everything considered that Discord's documentation names: ownership, roles,
 * overwrites, what is lost implicitly, time-outs, membership screening, threads.
 * @returns 0 for someone who is not a member
 * @see Discord docs: topics/permissions, topics/threads#permissions
 */
export function evaluatePermissions({ guild, memberId, channel, nowEpochMs }: EvaluationInput): bigint {
  const member = findMember(guild, memberId);
  if (member === undefined) return 0n;
  if (guild.owner_id === memberId) return ALL_PERMISSIONS;
  // Who has not passed the guild's screening can do nothing, whatever roles he was given.
  if (member.pending) return 0n;
  const fromRoles = sumRoles(guild, member);
  if (has(fromRoles, PERMISSION.ADMINISTRATOR)) return ALL_PERMISSIONS;
  const here = channel === undefined ? fromRoles : evaluateInChannel(guild, member, fromRoles, channel);
  return isTimedOut(member, nowEpochMs) ? here & KEPT_WHILE_TIMED_OUT : here;
}

/**
 * The sum of a member's roles, as `/users/@me/guilds` gives it: without overwrites, time-outs and screening.
 * @see Discord docs: resources/user#get-current-user-guilds
 */
export function evaluateRoles(guild: WorldGuild, memberId: string): bigint {
  const member = findMember(guild, memberId);
  if (member === undefined) return 0n;
  const sum = sumRoles(guild, member);
  return guild.owner_id === memberId || has(sum, PERMISSION.ADMINISTRATOR) ? ALL_PERMISSIONS : sum;
}

/** Whether every one of the bits is there. */
export function has(permissions: bigint, needed: bigint): boolean {
  return (permissions & needed) === needed;
}

/** Whether a time-out of the member is running. */
export function isTimedOut(member: WorldMember, nowEpochMs: number): boolean {
  const until = member.communication_disabled_until;
  return until !== null && Date.parse(until) > nowEpochMs;
}

function sumRoles(guild: WorldGuild, member: WorldMember): bigint {
  let sum = 0n;
  for (const role of guild.roles) {
    if (role.id === guild.id || member.roles.includes(role.id)) sum |= role.permissions;
  }
  return sum;
}

function evaluateInChannel(guild: WorldGuild, member: WorldMember, base: bigint, channel: WorldChannel): bigint {
  if (!isThread(channel)) return dropWorthless(applyOverwrites(guild, member, base, channel), channel, false);
  const parent = guild.channels.find(({ id }) => id === channel.parent_id);
  // A thread without its parent is nowhere.
  if (parent === undefined) return 0n;
  const inParent = dropWorthless(applyOverwrites(guild, member, base, parent), parent, true);
  return isThreadClosedTo(channel, member, inParent) ? 0n : inParent;
}

/** A private thread is open to its members and to those who manage threads. */
function isThreadClosedTo(thread: WorldChannel, member: WorldMember, permissions: bigint): boolean {
  if (thread.type !== PRIVATE_THREAD || has(permissions, PERMISSION.MANAGE_THREADS)) return false;
  return thread.thread_members?.some(({ user_id }) => user_id === member.user_id) !== true;
}

/** First everyone's overwrite, then those of the roles as one, then the member's own: each takes away, then gives. */
function applyOverwrites(guild: WorldGuild, member: WorldMember, base: bigint, channel: WorldChannel): bigint {
  let [rolesDeny, rolesAllow, ownDeny, ownAllow] = [0n, 0n, 0n, 0n];
  let permissions = base;
  for (const { id, type, allow, deny } of channel.permission_overwrites) {
    if (type === 0 && id === guild.id) {
      permissions = (permissions & ~deny) | allow;
    } else if (type === 0 && member.roles.includes(id)) {
      rolesDeny |= deny;
      rolesAllow |= allow;
    } else if (type === 1 && id === member.user_id) {
      ownDeny = deny;
      ownAllow = allow;
    }
  }
  permissions = (permissions & ~rolesDeny) | rolesAllow;
  return (permissions & ~ownDeny) | ownAllow;
}

/** What one permission that is missing makes of the others. In a thread it is SEND_MESSAGES_IN_THREADS that sends. */
function dropWorthless(permissions: bigint, channel: WorldChannel, isInThread: boolean): bigint {
  if (!has(permissions, PERMISSION.VIEW_CHANNEL)) return 0n;
  if (CONNECTED_CHANNEL_TYPES.has(channel.type) && !has(permissions, PERMISSION.CONNECT)) return 0n;
  const sending = isInThread ? PERMISSION.SEND_MESSAGES_IN_THREADS : PERMISSION.SEND_MESSAGES;
  return has(permissions, sending) ? permissions : permissions & ~WORTHLESS_WITHOUT_SENDING;
}
