import { toDiscordTime } from '../api/wire-objects.ts';
import { findAccount } from '../guilds/accounts.ts';
import type { Simulation } from '../simulation.ts';
import type { EmojiRecord, MessageRecord } from '../state/message-record.ts';
import { toAttachment } from './attachments.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A message as an application's bot reads it, with what it replies to.
 * @param readerId - client id; null for a webhook, which reads only its own messages
 */
export function toMessage(simulation: Simulation, message: MessageRecord, readerId: string | null): Json {
  const { reference } = message;
  if (reference?.type !== 0 || message.type !== 19) return toSingleMessage(simulation, message, readerId);
  const referenced = simulation.messages.find(reference.channelId, reference.messageId);
  return {
    ...toSingleMessage(simulation, message, readerId),
    // Null tells that it was deleted.
    referenced_message: referenced === undefined ? null : toSingleMessage(simulation, referenced, readerId),
  };
}

/** What of a message a forward shows. */
export function toSnapshot(simulation: Simulation, message: MessageRecord): Json {
  const { content, embeds, attachments, timestamp, edited_timestamp, flags, components, type } = toSingleMessage(
    simulation,
    message,
    null,
  );
  return { message: { type, content, embeds, attachments, timestamp, edited_timestamp, flags, components } };
}

/** Discord's emoji object. */
export function toEmoji({ id, name }: EmojiRecord): Json {
  return { id, name };
}

/** A user or a webhook as the author of a message. */
export function toAuthor(simulation: Simulation, { authorId, webhook }: MessageRecord): Json {
  if (webhook === null) return toAccount(simulation, authorId);
  return {
    id: authorId,
    username: webhook.username,
    avatar: webhook.avatar,
    discriminator: '0000',
    public_flags: 0,
    flags: 0,
    bot: true,
    global_name: null,
  };
}

function toSingleMessage(simulation: Simulation, message: MessageRecord, readerId: string | null): Json {
  const { id, channelId, webhook, mentions, reference, editedAtEpochMs, pinnedAtEpochMs } = message;
  const nowEpochMs = simulation.nowEpochMs();
  const isShown = isContentShown(simulation, message, readerId);
  return {
    id,
    type: message.type,
    channel_id: channelId,
    content: isShown ? message.content : '',
    author: toAuthor(simulation, message),
    embeds: isShown ? message.embeds.map((item) => ({ type: 'rich', ...item })) : [],
    attachments: isShown ? message.attachments.map((item) => toAttachment(channelId, item, nowEpochMs)) : [],
    components: isShown ? message.components : [],
    mentions: mentions.userIds.map((userId) => toAccount(simulation, userId)),
    mention_roles: mentions.roleIds,
    mention_everyone: mentions.everyone,
    pinned: pinnedAtEpochMs !== null,
    tts: message.tts,
    timestamp: toDiscordTime(message.createdAtEpochMs),
    edited_timestamp: editedAtEpochMs === null ? null : toDiscordTime(editedAtEpochMs),
    flags: message.flags,
    ...(message.poll === null || !isShown ? {} : { poll: message.poll }),
    ...(message.stickerIds.length === 0 ? {} : { sticker_items: message.stickerIds.map(toSticker) }),
    ...(webhook === null ? {} : { webhook_id: message.authorId, application_id: webhook.applicationId }),
    ...(reference === null ? {} : { message_reference: toReference(simulation, reference) }),
    ...(message.snapshots.length === 0 ? {} : { message_snapshots: isShown ? message.snapshots : [] }),
    ...(message.reactions.length === 0 ? {} : { reactions: message.reactions.map(toReaction(readerId)) }),
  };
}

/**
 * Without the MESSAGE_CONTENT intent an application reads its own messages, those in its direct messages and those that
 * mention it. Everything else arrives blank.
 * @see Discord docs: events/gateway#message-content-intent
 */
export function isContentShown(
  { store, messages }: Simulation,
  { authorId, webhook, mentions, channelId }: MessageRecord,
  readerId: string | null,
): boolean {
  if (readerId === null || store.findApplication(readerId)?.intents.includes('MESSAGE_CONTENT') === true) return true;
  const isOwn = authorId === readerId || webhook?.applicationId === readerId;
  return isOwn || mentions.userIds.includes(readerId) || messages.findDm(channelId) !== undefined;
}

function toReference({ guilds }: Simulation, { type, messageId, channelId }: NonNullable<MessageRecord['reference']>) {
  const guild = guilds.findChannel(channelId)?.guild;
  const where = guild === undefined ? {} : { guild_id: guild.id };
  return { type, message_id: messageId, channel_id: channelId, ...where };
}

function toReaction(readerId: string | null): (reaction: MessageRecord['reactions'][number]) => Json {
  return ({ emoji, userIds }) => ({
    emoji: toEmoji(emoji),
    count: userIds.length,
    count_details: { burst: 0, normal: userIds.length },
    burst_colors: [],
    me_burst: false,
    burst_me: false,
    me: readerId !== null && userIds.includes(readerId),
    burst_count: 0,
  });
}

function toSticker(id: string): Json {
  return { id, name: `sticker-${id}`, format_type: 1 };
}

function toAccount(simulation: Simulation, userId: string): Json {
  return findAccount(simulation, userId)?.json ?? { id: userId, username: 'deleted_user', discriminator: '0000' };
}
