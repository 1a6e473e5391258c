import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import { toDiscordTime } from '../api/wire-objects.ts';
import type { FoundChannel } from '../guilds/access.ts';
import {
  buildMissingAccessAnswer,
  findVisibleChannel,
  isAnswer,
  requireBot,
  requireChannelPermission,
} from '../guilds/access.ts';
import { has } from '../guilds/evaluate.ts';
import { PERMISSION } from '../permissions.ts';
import type { Simulation } from '../simulation.ts';
import type { DmRecord, MessageRecord } from '../state/message-record.ts';
import type { WorldChannel } from '../world/world.ts';
import { isThread } from '../world/world.ts';

/** Where messages are: a channel or thread that the bot sees, or its conversation with a user. */
export type MessagePlace =
  | { readonly kind: 'guild'; readonly id: string; readonly found: FoundChannel }
  | { readonly kind: 'dm'; readonly id: string; readonly dm: DmRecord };

/** A message with its place. */
export interface FoundMessage {
  readonly place: MessagePlace;
  readonly message: MessageRecord;
}

/** What both sides may do in a direct message. Nobody manages the other's messages there. */
const DM_PERMISSIONS =
  PERMISSION.VIEW_CHANNEL |
  PERMISSION.SEND_MESSAGES |
  PERMISSION.SEND_TTS_MESSAGES |
  PERMISSION.EMBED_LINKS |
  PERMISSION.ATTACH_FILES |
  PERMISSION.READ_MESSAGE_HISTORY |
  PERMISSION.ADD_REACTIONS |
  PERMISSION.PIN_MESSAGES |
  PERMISSION.SEND_POLLS |
  PERMISSION.SEND_VOICE_MESSAGES |
  PERMISSION.USE_EXTERNAL_EMOJIS;

/** Text, voice, announcements, threads and stage. */
const TEXT_TYPES: ReadonlySet<number> = new Set([0, 2, 5, 10, 11, 12, 13]);

/** The place that the path names; 404 with 10003 or 403 with 50001 when there is none for this bot. */
export function findPlace(call: ApiCall, id = call.parameters['channel_id'] ?? ''): MessagePlace | Answer {
  const dm = call.simulation.messages.findDm(id);
  if (dm !== undefined) {
    return dm.clientId === requireBot(call).clientId ? { kind: 'dm', id, dm } : buildMissingAccessAnswer();
  }
  const found = findVisibleChannel(call, id);
  return isAnswer(found) ? found : { kind: 'guild', id, found };
}

/** The message that the path names, with its place; 404 with 10008 when there is none. */
export function findMessage(call: ApiCall): FoundMessage | Answer {
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  const message = call.simulation.messages.find(place.id, call.parameters['message_id'] ?? '');
  return message === undefined ? buildUnknownMessageAnswer() : { place, message };
}

/** The same, where the bot may also read what was said before. */
export function findReadableMessage(call: ApiCall): FoundMessage | Answer {
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  return requireIn(call, place, PERMISSION.READ_MESSAGE_HISTORY) ?? findMessage(call);
}

/** @returns a refusal unless the bot has every one of the permissions there: 403 with 50013, or with 50003 in a direct message */
export function requireIn(call: ApiCall, place: MessagePlace, ...needed: bigint[]): Answer | undefined {
  if (place.kind === 'guild') return requireChannelPermission(call, place.found, ...needed);
  if (needed.every((bit) => has(DM_PERMISSIONS, bit))) return undefined;
  return buildApiErrorAnswer(403, 50_003, 'Cannot execute action on a DM channel');
}

/** Whether the bot has the permission there. */
export function hasIn(place: MessagePlace, bit: bigint): boolean {
  return has(place.kind === 'guild' ? place.found.permissions : DM_PERMISSIONS, bit);
}

/** @returns a refusal unless messages can be sent there and the bot may send them */
export function requireSending(call: ApiCall, place: MessagePlace): Answer | undefined {
  if (place.kind === 'dm') return findDmRefusal(call.simulation, place.dm);
  const { channel } = place.found;
  if (!TEXT_TYPES.has(channel.type)) {
    return buildApiErrorAnswer(400, 50_008, 'Cannot send messages in a non-text channel');
  }
  const needed = isThread(channel) ? PERMISSION.SEND_MESSAGES_IN_THREADS : PERMISSION.SEND_MESSAGES;
  const refusal = requireIn(call, place, needed);
  if (refusal !== undefined) return refusal;
  if (channel.thread_metadata?.locked !== true || hasIn(place, PERMISSION.MANAGE_THREADS)) return undefined;
  return channel.thread_metadata.archived
    ? buildApiErrorAnswer(400, 50_083, 'Thread is archived')
    : buildApiErrorAnswer(400, 160_005, 'Thread is locked');
}

/** @returns 403 with 50278 when bot and user share no guild, with 50007 when the user takes no messages from bots */
export function findDmRefusal(
  { guilds, messages }: Simulation,
  { clientId, userId }: Pick<DmRecord, 'clientId' | 'userId'>,
): Answer | undefined {
  const ofUser = new Set(guilds.listGuildsOfUser(userId).map(({ id }) => id));
  if (!guilds.listGuildsOfUser(clientId).some(({ id }) => ofUser.has(id))) {
    return buildApiErrorAnswer(403, 50_278, 'Cannot send messages to this user due to having no mutual guilds');
  }
  if (!messages.settings.dmRefusers.includes(userId)) return undefined;
  return buildApiErrorAnswer(403, 50_007, 'Cannot send messages to this user');
}

/**
 * Sending wakes an archived thread and makes the author a member of it.
 * @param authorId - absent for a webhook, which is never a member
 */
export function noteThreadActivity(simulation: Simulation, channelId: string, authorId?: string): void {
  const { guilds } = simulation;
  const placed = guilds.findChannel(channelId);
  if (placed === undefined || !isThread(placed.channel)) return;
  const { guild, channel } = placed;
  const now = toDiscordTime(simulation.nowEpochMs());
  guilds.putChannel(guild.id, { ...wake(channel, now), thread_members: addMember(channel, authorId, now) });
}

export function buildUnknownMessageAnswer(): Answer {
  return buildApiErrorAnswer(404, 10_008, 'Unknown Message');
}

function wake(thread: WorldChannel, now: string): WorldChannel {
  if (thread.thread_metadata?.archived !== true) return thread;
  return { ...thread, thread_metadata: { ...thread.thread_metadata, archived: false, archive_timestamp: now } };
}

function addMember(
  thread: WorldChannel,
  userId: string | undefined,
  now: string,
): NonNullable<WorldChannel['thread_members']> {
  const members = thread.thread_members ?? [];
  if (userId === undefined || members.some(({ user_id }) => user_id === userId)) return members;
  return [...members, { user_id: userId, join_timestamp: now }];
}
