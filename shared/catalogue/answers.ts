import * as z from 'zod/mini';

/** What callers may rely on in Discord's answers. Discord sends more, and adds to it at any time: everything else stays as it came. */

const id = z.string();
const name = z.nullable(z.string());

export const guildAnswer = z.looseObject({ id, name: z.string(), owner_id: id, roles: z.array(z.looseObject({ id })) });

export const roleAnswer = z.looseObject({ id, name: z.string(), permissions: z.string(), position: z.number() });

export const channelAnswer = z.looseObject({ id, type: z.number(), name: z.optional(name) });

export const memberAnswer = z.looseObject({
  user: z.optional(z.looseObject({ id })),
  roles: z.array(id),
  nick: z.optional(name),
});

export const banAnswer = z.looseObject({ user: z.looseObject({ id }), reason: name });

export const bulkBanAnswer = z.looseObject({ banned_users: z.array(id), failed_users: z.array(id) });

export const messageAnswer = z.looseObject({
  id,
  channel_id: id,
  content: z.string(),
  author: z.looseObject({ id }),
  timestamp: z.string(),
});

export const pinsAnswer = z.looseObject({
  items: z.array(z.looseObject({ pinned_at: z.string(), message: messageAnswer })),
  has_more: z.boolean(),
});

export const threadListAnswer = z.looseObject({
  threads: z.array(channelAnswer),
  members: z.array(z.looseObject({})),
  has_more: z.optional(z.boolean()),
});

export const threadMemberAnswer = z.looseObject({ id: z.optional(id), user_id: z.optional(id) });

export const userAnswer = z.looseObject({ id, username: z.string() });

export const userConnectionAnswer = z.looseObject({ id, name: z.string(), type: z.string() });

export const userGuildAnswer = z.looseObject({ id, name: z.string(), owner: z.boolean(), permissions: z.string() });

/** Each hit stands in a list of its own. */
export const searchAnswer = z.looseObject({
  total_results: z.number(),
  messages: z.array(z.array(messageAnswer)),
});

/** Without `token` and `url`, which never leave the layer. */
export const webhookAnswer = z.looseObject({
  id,
  type: z.number(),
  channel_id: z.nullable(id),
  guild_id: z.optional(z.nullable(id)),
  name,
});

/** Discord's lists are sometimes null when they are empty. */
export function listOf(item: z.ZodMiniType) {
  return z.nullable(z.array(item));
}
