import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { bodyBoolean, bodyText, maybe, parseJsonBody } from '../api/body.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { buildUnknownMessageAnswer } from '../messages/place.ts';
import { PERMISSION } from '../permissions.ts';
import { findVisibleChannel, isAnswer, requireBot, requireChannelPermission } from './access.ts';
import { listArchivedThreads } from './archived-threads.ts';
import { archiveDuration, buildWrongChannelTypeAnswer, slowmode } from './channel-edit.ts';
import { createForumPost } from './forum-post.ts';
import { toChannel } from './guild-objects.ts';
import { findThreadQuotaRefusal, startThread } from './start-thread.ts';

const TEXT = 0;
const ANNOUNCEMENT = 5;
const FORUM_TYPES: ReadonlySet<number> = new Set([15, 16]);

const SHARED = { credentials: ['bot'], majorParameter: 'channel_id' } as const;

const threadFromMessage = z.object({
  name: bodyText(1, 100),
  auto_archive_duration: maybe(archiveDuration),
  rate_limit_per_user: maybe(slowmode),
});

const newThread = z.object({
  ...threadFromMessage.shape,
  type: maybe(z.literal([10, 11, 12])),
  invitable: maybe(bodyBoolean),
});

/**
 * Making threads, and finding those that are archived.
 * @see Discord docs: resources/channel#start-thread-from-message
 */
export const THREAD_ROUTES: readonly ApiRoute[] = [
  {
    ...SHARED,
    method: 'POST',
    path: '/channels/{channel_id}/messages/{message_id}/threads',
    bucket: 'channels/{channel_id}/messages/{message_id}/threads',
    auditAction: 'create_thread_from_message',
    handle: createThreadFromMessage,
  },
  {
    ...SHARED,
    method: 'POST',
    path: '/channels/{channel_id}/threads',
    bucket: 'channels/{channel_id}/threads',
    auditAction: 'create_thread',
    handle: createThread,
  },
  {
    ...SHARED,
    method: 'GET',
    path: '/channels/{channel_id}/threads/archived/public',
    bucket: 'channels/{channel_id}/threads/archived',
    handle: (call) => listArchivedThreads(call, 'public'),
  },
  {
    ...SHARED,
    method: 'GET',
    path: '/channels/{channel_id}/threads/archived/private',
    bucket: 'channels/{channel_id}/threads/archived',
    handle: (call) => listArchivedThreads(call, 'private'),
  },
];

function createThreadFromMessage(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, threadFromMessage);
  if (!body.ok) return body.answer;
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  const { guild, channel } = found;
  if (channel.type !== TEXT && channel.type !== ANNOUNCEMENT) return buildWrongChannelTypeAnswer();
  const refusal =
    requireChannelPermission(call, found, PERMISSION.CREATE_PUBLIC_THREADS) ?? findThreadQuotaRefusal(found);
  if (refusal !== undefined) return refusal;
  const id = call.parameters['message_id'] ?? '';
  if (call.simulation.messages.find(channel.id, id) === undefined) return buildUnknownMessageAnswer();
  // A thread has the id of the message that it starts from.
  if (guild.channels.some((other) => other.id === id)) {
    return buildApiErrorAnswer(400, 160_004, 'A thread has already been created for this message');
  }
  const { clientId } = requireBot(call);
  const thread = startThread(call.simulation, found, {
    id,
    type: channel.type === ANNOUNCEMENT ? 10 : 11,
    name: body.value.name,
    ownerId: clientId,
    autoArchiveDuration: body.value.auto_archive_duration,
    rateLimitPerUser: body.value.rate_limit_per_user,
  });
  return buildJsonAnswer(201, toChannel(guild, thread, clientId));
}

/** Without a type the thread is private, as at Discord. */
function createThread(call: ApiCall): Answer {
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  const { guild, channel } = found;
  if (FORUM_TYPES.has(channel.type)) return createForumPost(call, found);
  const body = parseJsonBody(call.request, newThread);
  if (!body.ok) return body.answer;
  const type = body.value.type ?? 12;
  const isFit = channel.type === ANNOUNCEMENT ? type === 10 : channel.type === TEXT && type !== 10;
  if (!isFit) return buildWrongChannelTypeAnswer();
  const needed = type === 12 ? PERMISSION.CREATE_PRIVATE_THREADS : PERMISSION.CREATE_PUBLIC_THREADS;
  const refusal = requireChannelPermission(call, found, needed) ?? findThreadQuotaRefusal(found);
  if (refusal !== undefined) return refusal;
  const { clientId } = requireBot(call);
  const thread = startThread(call.simulation, found, {
    id: call.simulation.store.nextSnowflake(call.simulation.nowEpochMs()),
    type,
    name: body.value.name,
    ownerId: clientId,
    autoArchiveDuration: body.value.auto_archive_duration,
    rateLimitPerUser: body.value.rate_limit_per_user,
    invitable: body.value.invitable,
  });
  return buildJsonAnswer(201, toChannel(guild, thread, clientId));
}
