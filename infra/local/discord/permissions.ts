import type { WorldChannel, WorldGuild } from './world/world.ts';
import { findMember } from './world/world.ts';

/**
 * The permission bits that the simulator looks at or seeds.
 * @see Discord docs: topics/permissions
 */
export const PERMISSION = {
  CREATE_INSTANT_INVITE: 1n << 0n,
  KICK_MEMBERS: 1n << 1n,
  BAN_MEMBERS: 1n << 2n,
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  SEND_TTS_MESSAGES: 1n << 12n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  CONNECT: 1n << 20n,
  CHANGE_NICKNAME: 1n << 26n,
  MANAGE_NICKNAMES: 1n << 27n,
  MANAGE_ROLES: 1n << 28n,
  MANAGE_WEBHOOKS: 1n << 29n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
  MODERATE_MEMBERS: 1n << 40n,
  PIN_MESSAGES: 1n << 51n,
} as const;

/** Every bit up to the highest that Discord uses (52, BYPASS_SLOWMODE); what an owner or administrator has. */
export const ALL_PERMISSIONS = (1n << 53n) - 1n;

/** Channel types in which a webhook can live: text, voice, announcement, stage, forum, media. */
const WEBHOOK_CHANNEL_TYPES: ReadonlySet<number> = new Set([0, 2, 5, 13, 15, 16]);

/** Voice and stage channels: without CONNECT nothing is allowed in them. */
const CONNECTED_CHANNEL_TYPES: ReadonlySet<number> = new Set([2, 13]);

const NEEDS_SEND_MESSAGES =
  PERMISSION.MENTION_EVERYONE | PERMISSION.SEND_TTS_MESSAGES | PERMISSION.ATTACH_FILES | PERMISSION.EMBED_LINKS;

/**
 * What a member may do in the guild as a whole, before any channel has its say.
 * @returns 0 for someone who is not a member
 * @see Discord docs: topics/permissions#permission-overwrites
 */
export function computeGuildPermissions(guild: WorldGuild, userId: string): bigint {
  const member = findMember(guild, userId);
  if (member === undefined) return 0n;
  if (guild.owner_id === userId) return ALL_PERMISSIONS;
  const granted = guild.roles
    .filter((role) => role.id === guild.id || member.roles.includes(role.id))
    .reduce((sum, role) => sum | role.permissions, 0n);
  return (granted & PERMISSION.ADMINISTRATOR) === 0n ? granted : ALL_PERMISSIONS;
}

/**
 * What a member may do in one channel: the guild's permissions, then the overwrites for @everyone, for his roles together
 * and for himself, then what is lost implicitly.
 * @see Discord docs: topics/permissions#permission-overwrites
 */
export function computeChannelPermissions(guild: WorldGuild, channel: WorldChannel, userId: string): bigint {
  const base = computeGuildPermissions(guild, userId);
  const member = findMember(guild, userId);
  if (member === undefined || base === ALL_PERMISSIONS) return base;
  const overwrites = channel.permission_overwrites;
  const layers = [
    overwrites.filter((overwrite) => overwrite.id === guild.id),
    overwrites.filter((overwrite) => overwrite.type === 0 && member.roles.includes(overwrite.id)),
    overwrites.filter((overwrite) => overwrite.type === 1 && overwrite.id === userId),
  ];
  const overwritten = layers.reduce((sum, layer) => {
    const deny = layer.reduce((bits, overwrite) => bits | overwrite.deny, 0n);
    const allow = layer.reduce((bits, overwrite) => bits | overwrite.allow, 0n);
    return (sum & ~deny) | allow;
  }, base);
  return dropImplicitlyDenied(overwritten, channel.type);
}

/** Whether the user may install a bot in the guild. */
export function canAddBot(guild: WorldGuild, userId: string): boolean {
  return (computeGuildPermissions(guild, userId) & PERMISSION.MANAGE_GUILD) !== 0n;
}

/** Whether the user may make a webhook in the channel. */
export function canAddWebhook(guild: WorldGuild, channel: WorldChannel, userId: string): boolean {
  if (!WEBHOOK_CHANNEL_TYPES.has(channel.type)) return false;
  return (computeChannelPermissions(guild, channel, userId) & PERMISSION.MANAGE_WEBHOOKS) !== 0n;
}

function dropImplicitlyDenied(permissions: bigint, channelType: number): bigint {
  if ((permissions & PERMISSION.VIEW_CHANNEL) === 0n) return 0n;
  if (CONNECTED_CHANNEL_TYPES.has(channelType) && (permissions & PERMISSION.CONNECT) === 0n) return 0n;
  return (permissions & PERMISSION.SEND_MESSAGES) === 0n ? permissions & ~NEEDS_SEND_MESSAGES : permissions;
}
