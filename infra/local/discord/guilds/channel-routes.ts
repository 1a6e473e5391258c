import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildJsonAnswer } from '../answer.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import type { DmRecord } from '../state/message-record.ts';
import type { WorldChannel } from '../world/world.ts';
import { isThread } from '../world/world.ts';
import { findVisibleChannel, isAnswer, requireBot, requireChannelPermission } from './access.ts';
import { editChannel } from './channel-edit.ts';
import { toDmChannel } from './dm-channel.ts';
import { toChannel } from './guild-objects.ts';
import { editThread } from './thread-edit.ts';

const SHARED = { credentials: ['bot'], majorParameter: 'channel_id', path: '/channels/{channel_id}' } as const;

/**
 * One channel or thread by its id.
 * @see Discord docs: resources/channel
 */
export const CHANNEL_ROUTES: readonly ApiRoute[] = [
  { ...SHARED, method: 'GET', bucket: 'channels/{channel_id}', handle: readChannel },
  { ...SHARED, method: 'PATCH', bucket: 'channels/{channel_id}', auditAction: 'update_channel', handle: changeChannel },
  {
    ...SHARED,
    method: 'DELETE',
    bucket: 'channels/{channel_id}',
    auditAction: 'delete_channel',
    handle: deleteChannel,
  },
];

function readChannel(call: ApiCall): Answer {
  const dm = findOwnDm(call);
  if (dm !== undefined) return buildJsonAnswer(200, toDmChannel(call.simulation, dm));
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  return buildJsonAnswer(200, toChannel(found.guild, found.channel, requireBot(call).clientId));
}

function changeChannel(call: ApiCall): Answer {
  if (findOwnDm(call) !== undefined) return buildApiErrorAnswer(403, 50_003, 'Cannot execute action on a DM channel');
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  return isThread(found.channel) ? editThread(call, found) : editChannel(call, found);
}

/** The channel is gone with its threads, messages and webhooks, and comes back in the answer for the last time. */
function deleteChannel(call: ApiCall): Answer {
  const dm = findOwnDm(call);
  // Closing a conversation hides it and loses nothing.
  if (dm !== undefined) return buildJsonAnswer(200, toDmChannel(call.simulation, dm));
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  const { guild, channel } = found;
  const needed = isThread(channel) ? PERMISSION.MANAGE_THREADS : PERMISSION.MANAGE_CHANNELS;
  const refusal = requireChannelPermission(call, found, needed);
  if (refusal !== undefined) return refusal;
  const { guilds, store, messages } = call.simulation;
  const isGone = (other: WorldChannel): boolean =>
    other.id === channel.id || (isThread(other) && other.parent_id === channel.id);
  for (const { id } of guild.channels.filter(isGone)) {
    for (const message of messages.listInChannel(id)) messages.remove(id, message.id);
  }
  for (const webhook of store.listWebhooks()) {
    if (webhook.channelId === channel.id) store.deleteWebhook(webhook.id);
  }
  guilds.removeChannel(channel.id);
  return buildJsonAnswer(200, toChannel(guild, channel, requireBot(call).clientId));
}

function findOwnDm(call: ApiCall): DmRecord | undefined {
  const dm = call.simulation.messages.findDm(call.parameters['channel_id'] ?? '');
  return dm?.clientId === requireBot(call).clientId ? dm : undefined;
}
