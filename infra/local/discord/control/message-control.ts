import * as z from 'zod/mini';
import { evaluatePermissions, has } from '../guilds/evaluate.ts';
import type { Author } from '../messages/build-message.ts';
import { buildMessage, isEmptyMessage } from '../messages/build-message.ts';
import { toMessage } from '../messages/message-object.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { findEmoji, isSameEmoji } from '../messages/parse-emoji.ts';
import { noteThreadActivity } from '../messages/place.ts';
import { PERMISSION } from '../permissions.ts';
import type { Simulation } from '../simulation.ts';
import type { MessageRecord } from '../state/message-record.ts';
import { findUser } from '../world/world.ts';
import { ControlInputError } from './control-input.ts';
import type { MESSAGE_OPERATIONS } from './message-operations.ts';
import type { SimulatorControl } from './operations.ts';

/** The part of the control that plays the users of channels. */
export function createMessageControl(simulation: Simulation): Pick<SimulatorControl, keyof typeof MESSAGE_OPERATIONS> {
  const { messages, store, guilds } = simulation;
  const later = <T>(value: () => T): Promise<T> => new Promise((resolve) => resolve(value()));
  const nothing = (act: () => void): Promise<Record<string, never>> => later(() => (act(), {}));
  return {
    sayAs: ({ user_id, channel_id, body }) => later(() => ({ message_id: say(simulation, user_id, channel_id, body) })),
    listMessages: ({ channel_id }) =>
      later(() => ({
        items: messages.listInChannel(channel_id).map((message) => ({ ...toMessage(simulation, message, null) })),
      })),
    reactAs: ({ user_id, channel_id, message_id, emoji }) =>
      nothing(() => react(simulation, user_id, messages.find(channel_id, message_id), emoji)),
    setDirectMessages: ({ user_id, allowed }) =>
      nothing(() => {
        requireUser(simulation, user_id);
        const others = messages.settings.dmRefusers.filter((id) => id !== user_id);
        messages.settings = { ...messages.settings, dmRefusers: allowed ? others : [...others, user_id] };
      }),
    setSearchDelay: ({ retry_after }) =>
      nothing(() => {
        messages.settings = { ...messages.settings, searchRetryAfter: retry_after };
      }),
    addEmoji: ({ guild_id, name }) =>
      later(() => {
        if (guilds.findGuild(guild_id) === undefined) throw new ControlInputError('no guild has this guild_id');
        const emoji = { id: store.nextSnowflake(simulation.nowEpochMs()), name, guildId: guild_id };
        const { settings } = messages;
        messages.settings = { ...settings, customEmojis: [...settings.customEmojis, emoji] };
        return { emoji_id: emoji.id };
      }),
  };
}

function say(simulation: Simulation, userId: string, channelId: string, body: Record<string, unknown>): string {
  const author = findAuthor(simulation, userId, channelId);
  const parsed = messagePayload.safeParse(body);
  if (!parsed.success) throw new ControlInputError(z.prettifyError(parsed.error));
  const payload = parsed.data;
  const repliedTo =
    payload.message_reference === undefined || payload.message_reference === null
      ? undefined
      : simulation.messages.find(channelId, payload.message_reference.message_id);
  const message = buildMessage(simulation, { channelId, author, payload, attachments: [], repliedTo });
  if (isEmptyMessage(message)) throw new ControlInputError('the message is empty');
  simulation.messages.put(message);
  noteThreadActivity(simulation, channelId, userId);
  return message.id;
}

function findAuthor(simulation: Simulation, userId: string, channelId: string): Author {
  requireUser(simulation, userId);
  const placed = simulation.guilds.findChannel(channelId);
  const isInDm = simulation.messages.findDm(channelId)?.userId === userId;
  if (placed === undefined && !isInDm) throw new ControlInputError('the user has no channel with this channel_id');
  const permissions =
    placed === undefined
      ? 0n
      : evaluatePermissions({ ...placed, memberId: userId, nowEpochMs: simulation.nowEpochMs() });
  return { id: userId, webhook: null, mayMentionEveryone: has(permissions, PERMISSION.MENTION_EVERYONE) };
}

function react(simulation: Simulation, userId: string, message: MessageRecord | undefined, text: string): void {
  requireUser(simulation, userId);
  const emoji = findEmoji(simulation, text)?.emoji;
  if (message === undefined || emoji === undefined) throw new ControlInputError('no such message or no such emoji');
  const known = message.reactions.find((reaction) => isSameEmoji(reaction.emoji, emoji));
  const reaction = { emoji, userIds: [...new Set([...(known?.userIds ?? []), userId])] };
  const reactions = known
    ? message.reactions.map((other) => (other === known ? reaction : other))
    : [...message.reactions, reaction];
  simulation.messages.put({ ...message, reactions });
}

function requireUser({ world }: Simulation, userId: string): void {
  if (findUser(world, userId) === undefined) throw new ControlInputError(`no user has the id ${userId}`);
}
