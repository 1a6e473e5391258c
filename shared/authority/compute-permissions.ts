import { ALL_PERMISSIONS, PERMISSIONS, type PermissionName } from '../catalogue/permission.ts';
import { CHANNEL_TYPE, isThread, isVoice } from './channel-kinds.ts';
import type { ChannelFacts, GuildFacts, MemberFacts, OverwriteFacts } from './facts.ts';

export { isThread } from './channel-kinds.ts';

/** A channel, and of a thread the channel whose overwrites count. A thread without it is shut to all but owner and administrators. */
export interface ChannelSite {
  readonly channel: ChannelFacts;
  readonly parent?: ChannelFacts;
}

/** What a member's permissions are computed from. */
export interface PermissionInput {
  readonly guild: GuildFacts;
  readonly member: MemberFacts;
  /** Absent: in the guild as a whole. */
  readonly site?: ChannelSite;
  /** Of a private thread: whether he is in it. */
  readonly isThreadMember: boolean;
  readonly nowEpochMs: number;
}

/** Lost by those who may not send, whatever else gives it. @see Discord docs: topics/permissions (Implicit Permissions) */
const NEEDS_SENDING =
  PERMISSIONS.MENTION_EVERYONE | PERMISSIONS.SEND_TTS_MESSAGES | PERMISSIONS.ATTACH_FILES | PERMISSIONS.EMBED_LINKS;

/** Left to whoever is timed out. */
const KEPT_IN_TIME_OUT = PERMISSIONS.VIEW_CHANNEL | PERMISSIONS.READ_MESSAGE_HISTORY;

/**
 * What a member may do in the guild as a whole, before channels and restrictions have their say.
 * @see Discord docs: topics/permissions (Permission Hierarchy, computing base permissions)
 */
export function computeBase(guild: GuildFacts, member: MemberFacts): bigint {
  if (guild.ownerId === member.userId) return ALL_PERMISSIONS;
  const base = guild.roles
    .filter(({ id }) => id === guild.id || member.roleIds.includes(id))
    .reduce((bits, role) => bits | role.permissions, 0n);
  return (base & PERMISSIONS.ADMINISTRATOR) === 0n ? base : ALL_PERMISSIONS;
}

/** What overwrites make of the base: those of @everyone, then of all roles together, then of the member himself. */
export function applyOverwrites(
  base: bigint,
  guild: GuildFacts,
  member: MemberFacts,
  overwrites: readonly OverwriteFacts[],
): bigint {
  if (base === ALL_PERMISSIONS) return base;
  const isOf = (kind: OverwriteFacts['kind'], ids: readonly string[]) => (overwrite: OverwriteFacts) =>
    overwrite.kind === kind && ids.includes(overwrite.id);
  const ownRoles = member.roleIds.filter((id) => id !== guild.id);
  return [isOf('role', [guild.id]), isOf('role', ownRoles), isOf('member', [member.userId])].reduce((bits, isMeant) => {
    const layer = overwrites.filter(isMeant);
    const deny = layer.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
    const allow = layer.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
    return (bits & ~deny) | allow;
  }, base);
}

/** What goes without another permission: all without seeing, in voice channels all without joining, some without sending. */
export function dropImplicitlyDenied(bits: bigint, { channel }: ChannelSite, isThreadMember: boolean): bigint {
  if (bits === ALL_PERMISSIONS) return bits;
  if ((bits & PERMISSIONS.VIEW_CHANNEL) === 0n) return 0n;
  if (isVoice(channel) && (bits & PERMISSIONS.CONNECT) === 0n) return 0n;
  const isHidden = isPrivateThread(channel) && !isThreadMember;
  if (isHidden && (bits & PERMISSIONS.MANAGE_THREADS) === 0n) return 0n;
  return hasPermission(bits, findSendPermission(channel)) ? bits : bits & ~NEEDS_SENDING;
}

/** What sends in a channel. In a thread SEND_MESSAGES has no say. */
export function findSendPermission(channel: ChannelFacts): 'SEND_MESSAGES' | 'SEND_MESSAGES_IN_THREADS' {
  return isThread(channel) ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES';
}

/** What is left to whoever is timed out, administrators apart, or not yet admitted. The owner is not touched by either. */
export function restrict(bits: bigint, guild: GuildFacts, member: MemberFacts, nowEpochMs: number): bigint {
  if (guild.ownerId === member.userId) return bits;
  if (member.isPending) return 0n;
  if (bits === ALL_PERMISSIONS) return bits;
  return isTimedOut(member, nowEpochMs) ? bits & KEPT_IN_TIME_OUT : bits;
}

export function isTimedOut({ timedOutUntilEpochMs }: MemberFacts, nowEpochMs: number): boolean {
  return timedOutUntilEpochMs !== undefined && timedOutUntilEpochMs > nowEpochMs;
}

/**
 * What a member may do in the guild, or in a channel or thread of it. A thread has no overwrites of its own: those of its channel
 * count.
 */
export function computePermissions({ guild, member, site, isThreadMember, nowEpochMs }: PermissionInput): bigint {
  const base = computeBase(guild, member);
  if (site === undefined) return restrict(base, guild, member, nowEpochMs);
  const allowed = computeWithOverwrites(base, guild, member, site);
  return restrict(dropImplicitlyDenied(allowed, site, isThreadMember), guild, member, nowEpochMs);
}

function computeWithOverwrites(base: bigint, guild: GuildFacts, member: MemberFacts, site: ChannelSite): bigint {
  const source = isThread(site.channel) ? site.parent : site.channel;
  if (source !== undefined) return applyOverwrites(base, guild, member, source.overwrites);
  return base === ALL_PERMISSIONS ? base : 0n;
}

/** Which permission would open a channel that is shut to the member. */
export function findClosingPermission({ guild, member, site, isThreadMember }: PermissionInput): PermissionName {
  if (site === undefined) return 'VIEW_CHANNEL';
  const bits = computeWithOverwrites(computeBase(guild, member), guild, member, site);
  if (!hasPermission(bits, 'VIEW_CHANNEL')) return 'VIEW_CHANNEL';
  if (isVoice(site.channel) && !hasPermission(bits, 'CONNECT')) return 'CONNECT';
  return isPrivateThread(site.channel) && !isThreadMember ? 'MANAGE_THREADS' : 'VIEW_CHANNEL';
}

export function hasPermission(bits: bigint, name: PermissionName): boolean {
  return (bits & PERMISSIONS[name]) !== 0n;
}

/** Private threads are seen by those who are in them and those who manage threads. */
export function isPrivateThread({ type }: Pick<ChannelFacts, 'type'>): boolean {
  return type === CHANNEL_TYPE.privateThread;
}
