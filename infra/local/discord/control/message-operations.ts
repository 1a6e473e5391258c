import * as z from 'zod/mini';

const done = z.object({});
const text = z.string();

/** What one can do to the simulator's messages besides Discord's API: mostly what users do. */
export const MESSAGE_OPERATIONS = {
  /**
   * A user sends a message in a channel, a thread or a direct message. `body` is Discord's body of a new message as JSON,
   * replies included. Whether he may send there is not asked; whom he pings depends on his permissions.
   */
  sayAs: {
    method: 'POST',
    path: '/messages',
    input: z.strictObject({ user_id: text, channel_id: text, body: z.record(text, z.unknown()) }),
    output: z.object({ message_id: text }),
  },
  /** Everything in a channel, newest first, as Discord's message objects with nothing hidden. */
  listMessages: {
    method: 'GET',
    path: '/messages',
    input: z.strictObject({ channel_id: text }),
    output: z.object({ items: z.array(z.record(text, z.unknown())) }),
  },
  /** A user reacts: with the characters of an emoji, or with `name:id`. */
  reactAs: {
    method: 'POST',
    path: '/messages/react',
    input: z.strictObject({ user_id: text, channel_id: text, message_id: text, emoji: text }),
    output: done,
  },
  /** Whether a user takes direct messages from bots. All do at first. */
  setDirectMessages: {
    method: 'PUT',
    path: '/direct-messages',
    input: z.strictObject({ user_id: text, allowed: z.boolean() }),
    output: done,
  },
  /** How many seconds the message search asks to wait, as if its index were being made; null lets it find again. */
  setSearchDelay: {
    method: 'PUT',
    path: '/message-search',
    input: z.strictObject({ retry_after: z.nullable(z.number().check(z.minimum(0))) }),
    output: done,
  },
  /** Gives a guild a custom emoji. */
  addEmoji: {
    method: 'POST',
    path: '/emojis',
    input: z.strictObject({ guild_id: text, name: z.string().check(z.regex(/^[A-Za-z0-9_]{2,32}$/)) }),
    output: z.object({ emoji_id: text }),
  },
} as const;
