import * as z from 'zod/mini';
import type { WorldGuild } from '../world/world.ts';

const text = z.string();
const texts = z.readonly(z.array(text));

/** A bit field as JSON holds it. */
const bits = z.string().check(z.regex(/^(?:0|[1-9][0-9]{0,19})$/, 'must be a bit field in decimal digits'));

const roleRecord = z.object({
  id: text,
  name: text,
  color: z.number(),
  position: z.number(),
  permissions: bits,
  managed: z.boolean(),
  hoist: z.boolean(),
  mentionable: z.boolean(),
  bot_id: z.optional(text),
});

const overwriteRecord = z.object({ id: text, type: z.literal([0, 1]), allow: bits, deny: bits });

const threadMetadataRecord = z.object({
  archived: z.boolean(),
  auto_archive_duration: z.number(),
  archive_timestamp: text,
  locked: z.boolean(),
  invitable: z.boolean(),
  create_timestamp: text,
});

const channelRecord = z.object({
  id: text,
  type: z.number(),
  name: text,
  position: z.number(),
  parent_id: z.nullable(text),
  topic: z.nullable(text),
  permission_overwrites: z.readonly(z.array(overwriteRecord)),
  owner_id: z.optional(text),
  thread_metadata: z.optional(threadMetadataRecord),
  thread_members: z.optional(z.readonly(z.array(z.object({ user_id: text, join_timestamp: text })))),
  settings: z.optional(z.readonly(z.record(text, z.unknown()))),
});

/** A membership as JSON holds it. */
export const memberRecord = z.object({
  user_id: text,
  nick: z.nullable(text),
  roles: texts,
  joined_at: text,
  pending: z.boolean(),
  communication_disabled_until: z.nullable(text),
  mute: z.optional(z.boolean()),
  deaf: z.optional(z.boolean()),
  voice_channel_id: z.optional(z.nullable(text)),
});

/** A guild as JSON holds it, in the state file and in the control API: bit fields are decimal text. */
export const guildRecord = z.object({
  id: text,
  name: text,
  icon: z.nullable(text),
  banner: z.nullable(text),
  description: z.nullable(text),
  owner_id: text,
  features: texts,
  mfa_level: z.literal([0, 1]),
  approximate_presence_count: z.number(),
  roles: z.readonly(z.array(roleRecord)),
  channels: z.readonly(z.array(channelRecord)),
  members: z.readonly(z.array(memberRecord)),
  bans: z.optional(z.readonly(z.array(z.object({ user_id: text, reason: z.nullable(text) })))),
});

export type GuildRecord = z.output<typeof guildRecord>;

/** Writes the bit fields of a guild as text. {@link fromGuildRecord} reads it back. */
export function toGuildRecord(guild: WorldGuild): GuildRecord {
  return {
    ...guild,
    roles: guild.roles.map((role) => ({ ...role, permissions: role.permissions.toString() })),
    channels: guild.channels.map((channel) => ({
      ...channel,
      permission_overwrites: channel.permission_overwrites.map((overwrite) => ({
        ...overwrite,
        allow: overwrite.allow.toString(),
        deny: overwrite.deny.toString(),
      })),
    })),
  };
}

/** Reads what {@link toGuildRecord} wrote. */
export function fromGuildRecord(record: GuildRecord): WorldGuild {
  return {
    ...record,
    roles: record.roles.map((role) => ({ ...role, permissions: BigInt(role.permissions) })),
    channels: record.channels.map((channel) => ({
      ...channel,
      permission_overwrites: channel.permission_overwrites.map((overwrite) => ({
        ...overwrite,
        allow: BigInt(overwrite.allow),
        deny: BigInt(overwrite.deny),
      })),
    })),
  };
}
