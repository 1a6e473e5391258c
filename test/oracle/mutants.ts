import {
  applyOverwrites,
  computeBase,
  computePermissions,
  dropImplicitlyDenied,
  restrict,
  type ChannelSite,
  type PermissionInput,
} from '../../shared/authority/compute-permissions.ts';
import type { ChannelFacts, OverwriteFacts } from '../../shared/authority/facts.ts';
import { PERMISSIONS } from '../../shared/catalogue/permission.ts';

export type Algorithm = (input: PermissionInput) => bigint;

/** The algorithm on an input in which one rule finds nothing to look at. */
function blind(change: (input: PermissionInput) => PermissionInput): Algorithm {
  return (input) => computePermissions(change(input));
}

function changeSite(change: (channel: ChannelFacts) => ChannelFacts): Algorithm {
  return blind((input) => {
    if (input.site === undefined) return input;
    const { channel, parent } = input.site;
    const site: ChannelSite = { channel: change(channel), ...(parent === undefined ? {} : { parent: change(parent) }) };
    return { ...input, site };
  });
}

function withoutOverwrites(isGone: (overwrite: OverwriteFacts, guildId: string | undefined) => boolean): Algorithm {
  return changeSite((channel) => ({
    ...channel,
    overwrites: channel.overwrites.filter((overwrite) => !isGone(overwrite, channel.guildId)),
  }));
}

/** The steps of the algorithm in their order, with what the implicit rules see changed. */
function withBits(given: bigint, isKept: boolean): Algorithm {
  return ({ guild, member, site, isThreadMember, nowEpochMs }) => {
    const base = computeBase(guild, member);
    if (site === undefined) return restrict(base, guild, member, nowEpochMs);
    const bits = applyOverwrites(base, guild, member, (site.parent ?? site.channel).overwrites);
    const dropped = dropImplicitlyDenied(bits | given, site, isThreadMember);
    return restrict(isKept ? dropped : dropped & ~(given & ~bits), guild, member, nowEpochMs);
  };
}

const isEveryones = (overwrite: OverwriteFacts, guildId: string | undefined) =>
  overwrite.kind === 'role' && overwrite.id === guildId;

/** Each rule of Discord's algorithm switched off, or put in the wrong order: all of them must be caught. */
export const MUTANTS: Readonly<Record<string, Algorithm>> = {
  'nobody is the owner': blind((input) => ({ ...input, guild: { ...input.guild, ownerId: '0' } })),
  'roles give nothing': blind((input) => ({ ...input, member: { ...input.member, roleIds: [] } })),
  '@everyone gives nothing': blind((input) => ({
    ...input,
    guild: { ...input.guild, roles: input.guild.roles.filter(({ id }) => id !== input.guild.id) },
  })),
  'all roles are his': blind((input) => ({
    ...input,
    member: { ...input.member, roleIds: input.guild.roles.map(({ id }) => id) },
  })),
  'ADMINISTRATOR is a permission like others': blind((input) => ({
    ...input,
    guild: {
      ...input.guild,
      roles: input.guild.roles.map((role) => ({ ...role, permissions: role.permissions & ~PERMISSIONS.ADMINISTRATOR })),
    },
  })),
  'no overwrite of @everyone': withoutOverwrites(isEveryones),
  'no overwrites of roles': withoutOverwrites(
    (overwrite, guildId) => overwrite.kind === 'role' && !isEveryones(overwrite, guildId),
  ),
  'no overwrite of the member': withoutOverwrites(({ kind }) => kind === 'member'),
  'overwrites only deny': changeSite((channel) => ({
    ...channel,
    overwrites: channel.overwrites.map((overwrite) => ({ ...overwrite, allow: 0n })),
  })),
  'overwrites only allow': changeSite((channel) => ({
    ...channel,
    overwrites: channel.overwrites.map((overwrite) => ({ ...overwrite, deny: 0n })),
  })),
  'denying beats allowing': changeSite((channel) => ({
    ...channel,
    overwrites: channel.overwrites.map((overwrite) => ({ ...overwrite, allow: overwrite.allow & ~overwrite.deny })),
  })),
  'all overwrites count alike': changeSite((channel) => ({
    ...channel,
    overwrites: channel.overwrites.map((overwrite) =>
      overwrite.kind === 'role' && channel.guildId !== undefined ? { ...overwrite, id: channel.guildId } : overwrite,
    ),
  })),
  'nothing is lost without VIEW_CHANNEL': withBits(PERMISSIONS.VIEW_CHANNEL, false),
  'nothing is lost without CONNECT': withBits(PERMISSIONS.CONNECT, false),
  'nothing is lost without sending': withBits(PERMISSIONS.SEND_MESSAGES | PERMISSIONS.SEND_MESSAGES_IN_THREADS, false),
  'VIEW_CHANNEL is everybody’s': withBits(PERMISSIONS.VIEW_CHANNEL, true),
  'SEND_MESSAGES sends in threads, too': withBits(PERMISSIONS.SEND_MESSAGES_IN_THREADS, false),
  'a thread is a channel': changeSite((channel) => ({
    ...channel,
    type: [10, 11, 12].includes(channel.type) ? 0 : channel.type,
  })),
  'a private thread is open': blind((input) => ({ ...input, isThreadMember: true })),
  'a private thread is shut to its members': blind((input) => ({ ...input, isThreadMember: false })),
  'time-outs are over': blind((input) => ({ ...input, nowEpochMs: Number.POSITIVE_INFINITY })),
  'time-outs last a moment longer': blind((input) => ({ ...input, nowEpochMs: input.nowEpochMs - 1 })),
  'screening is passed': blind((input) => ({ ...input, member: { ...input.member, isPending: false } })),
};
