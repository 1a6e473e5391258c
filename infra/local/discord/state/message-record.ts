import * as z from 'zod/mini';

const text = z.string();
const epochMs = z.number();
const json = z.record(text, z.unknown());

/** A custom emoji has an id and a name, any other only the characters. */
const emojiRecord = z.object({ id: z.nullable(text), name: text });

const attachmentRecord = z.object({
  id: text,
  filename: text,
  description: z.nullable(text),
  contentType: z.nullable(text),
  byteCount: z.number(),
});

/** Whom a message pings, after what its author allowed and may do. */
const mentionsRecord = z.object({ userIds: z.array(text), roleIds: z.array(text), everyone: z.boolean() });

/** A message as it is kept; {@link toMessage} makes Discord's object of it. */
export const messageRecord = z.object({
  id: text,
  channelId: text,
  /** A user, the bot of an application, or a webhook. */
  authorId: text,
  /** Of messages by webhooks: how the author is shown, and whose application it is. */
  webhook: z.nullable(z.object({ username: text, avatar: z.nullable(text), applicationId: z.nullable(text) })),
  /** 0 usual, 6 tells of a pin, 19 reply. */
  type: z.number(),
  createdAtEpochMs: epochMs,
  editedAtEpochMs: z.nullable(epochMs),
  pinnedAtEpochMs: z.nullable(epochMs),
  content: text,
  tts: z.boolean(),
  flags: z.number(),
  embeds: z.array(json),
  components: z.array(json),
  attachments: z.array(attachmentRecord),
  stickerIds: z.array(text),
  poll: z.nullable(json),
  mentions: mentionsRecord,
  /** `type` 0 is what is replied to, 1 what is forwarded. */
  reference: z.nullable(z.object({ type: z.literal([0, 1]), messageId: text, channelId: text })),
  /** Of a forward: what was forwarded, as it was then. */
  snapshots: z.array(json),
  reactions: z.array(z.object({ emoji: emojiRecord, userIds: z.array(text) })),
});

/** A conversation of a bot with one user. */
export const dmRecord = z.object({ id: text, clientId: text, userId: text });

/** All that concerns messages and must survive a restart. */
export const messagesRecord = z.object({
  messages: z.array(messageRecord),
  dms: z.array(dmRecord),
  nonces: z.array(z.object({ authorId: text, nonce: text, channelId: text, messageId: text, atEpochMs: epochMs })),
  /** Users who take no direct messages from bots. */
  dmRefusers: z.array(text),
  customEmojis: z.array(z.object({ id: text, name: text, guildId: text })),
  /** Seconds that the search asks to wait, or null while its index is there. */
  searchRetryAfter: z.nullable(z.number()),
});

export type EmojiRecord = z.output<typeof emojiRecord>;
export type AttachmentRecord = z.output<typeof attachmentRecord>;
export type MentionsRecord = z.output<typeof mentionsRecord>;
export type MessageRecord = z.output<typeof messageRecord>;
export type DmRecord = z.output<typeof dmRecord>;
export type MessagesRecord = z.output<typeof messagesRecord>;
