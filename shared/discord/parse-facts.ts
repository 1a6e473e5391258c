import * as z from 'zod/mini';
import type {
  ChannelFacts,
  GuildFacts,
  MemberFacts,
  MessageFacts,
  RoleFacts,
  WebhookFacts,
} from '../authority/facts.ts';

/** A permission set, serialised in decimal. @see Discord docs: topics/permissions */
const bits = z.string().check(z.regex(/^[0-9]{1,20}$/));

const role = z.object({
  id: z.string(),
  position: z.number(),
  permissions: bits,
  managed: z.optional(z.boolean()),
  mentionable: z.optional(z.boolean()),
});

const guild = z.object({ id: z.string(), owner_id: z.string(), roles: z.array(role) });

const member = z.object({
  user: z.object({ id: z.string() }),
  roles: z.array(z.string()),
  pending: z.optional(z.nullable(z.boolean())),
  communication_disabled_until: z.optional(z.nullable(z.string())),
});

const overwrite = z.object({ id: z.string(), type: z.union([z.number(), z.string()]), allow: bits, deny: bits });

const channel = z.object({
  id: z.string(),
  type: z.number(),
  guild_id: z.optional(z.nullable(z.string())),
  parent_id: z.optional(z.nullable(z.string())),
  owner_id: z.optional(z.nullable(z.string())),
  permission_overwrites: z.optional(z.nullable(z.array(overwrite))),
  thread_metadata: z.optional(
    z.object({
      archived: z.optional(z.boolean()),
      locked: z.optional(z.boolean()),
      invitable: z.optional(z.nullable(z.boolean())),
    }),
  ),
  recipients: z.optional(z.nullable(z.array(z.object({ id: z.string() })))),
});

const message = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  reactions: z.optional(
    z.nullable(z.array(z.object({ emoji: z.object({ id: z.nullable(z.string()), name: z.nullable(z.string()) }) }))),
  ),
});

const webhook = z.object({ id: z.string(), channel_id: z.string(), guild_id: z.string() });

/** @returns nothing when Discord's answer has not the form that a decision could be based on */
export function parseGuildFacts(value: unknown): GuildFacts | undefined {
  const { data } = guild.safeParse(value);
  return data && { id: data.id, ownerId: data.owner_id, roles: data.roles.map(toRoleFacts) };
}

function toRoleFacts({ id, position, permissions, managed, mentionable }: z.infer<typeof role>): RoleFacts {
  return {
    id,
    position,
    permissions: BigInt(permissions),
    isManaged: managed === true,
    isMentionable: mentionable === true,
  };
}

/** @returns nothing when Discord's answer has not the form that a decision could be based on */
export function parseMemberFacts(value: unknown): MemberFacts | undefined {
  const { data } = member.safeParse(value);
  if (data === undefined) return undefined;
  const timedOutUntilEpochMs = Date.parse(data.communication_disabled_until ?? '');
  return {
    userId: data.user.id,
    roleIds: data.roles,
    isPending: data.pending === true,
    ...(Number.isNaN(timedOutUntilEpochMs) ? {} : { timedOutUntilEpochMs }),
  };
}

/** @returns nothing when Discord's answer has not the form that a decision could be based on */
export function parseChannelFacts(value: unknown): ChannelFacts | undefined {
  const { data } = channel.safeParse(value);
  if (data === undefined) return undefined;
  return {
    id: data.id,
    type: data.type,
    overwrites: (data.permission_overwrites ?? []).map(({ id, type, allow, deny }) => ({
      id,
      kind: Number(type) === 1 || type === 'member' ? 'member' : 'role',
      allow: BigInt(allow),
      deny: BigInt(deny),
    })),
    isArchived: data.thread_metadata?.archived === true,
    isLocked: data.thread_metadata?.locked === true,
    recipientIds: (data.recipients ?? []).map(({ id }) => id),
    ...(data.thread_metadata?.invitable === false ? { isInvitable: false } : {}),
    ...(typeof data.guild_id === 'string' ? { guildId: data.guild_id } : {}),
    ...(typeof data.parent_id === 'string' ? { parentId: data.parent_id } : {}),
    ...(typeof data.owner_id === 'string' ? { ownerId: data.owner_id } : {}),
  };
}

/** @returns nothing when Discord's answer has not the form that a decision could be based on */
export function parseMessageFacts(value: unknown): MessageFacts | undefined {
  const { data } = message.safeParse(value);
  if (data === undefined) return undefined;
  const reactions = (data.reactions ?? []).map(({ emoji: { id, name } }) =>
    id === null ? (name ?? '') : `${name ?? ''}:${id}`,
  );
  return { id: data.id, authorId: data.author.id, reactions };
}

/** @returns nothing when Discord's answer has not the form that a decision could be based on */
export function parseWebhookFacts(value: unknown): WebhookFacts | undefined {
  const { data } = webhook.safeParse(value);
  return data && { id: data.id, channelId: data.channel_id, guildId: data.guild_id };
}
