import type { Answer } from '../answer.ts';
import { buildJsonAnswer } from '../answer.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import { isThread } from '../world/world.ts';
import { findVisibleChannel, isAnswer, requireBot, requireChannelPermission } from './access.ts';
import { buildWrongChannelTypeAnswer } from './channel-edit.ts';
import { toThreadList } from './guild-objects.ts';
import { readThreadMetadata } from './thread-edit.ts';

const PRIVATE_THREAD = 12;
const USUAL_LIMIT = 50;

/** Text, announcement, forum and media channels. */
const PARENT_TYPES: ReadonlySet<number> = new Set([0, 5, 15, 16]);

/**
 * Archived threads of one channel, the one archived last first. Private ones are for who manages threads.
 * @see Discord docs: resources/channel#list-public-archived-threads, #list-private-archived-threads
 */
export function listArchivedThreads(call: ApiCall, kind: 'public' | 'private'): Answer {
  const query = parseQuery(call.request.rawQuery, {
    before: { kind: 'time' },
    limit: { kind: 'integer', minimum: 2, maximum: 100 },
  });
  if (!query.ok) return query.answer;
  const found = findVisibleChannel(call, call.parameters['channel_id'] ?? '');
  if (isAnswer(found)) return found;
  const { guild, channel } = found;
  if (!PARENT_TYPES.has(channel.type)) return buildWrongChannelTypeAnswer();
  const managing = kind === 'private' ? PERMISSION.MANAGE_THREADS : 0n;
  const refusal = requireChannelPermission(call, found, PERMISSION.READ_MESSAGE_HISTORY, managing);
  if (refusal !== undefined) return refusal;
  const before = query.values.get('before');
  const limit = Number(query.values.get('limit') ?? USUAL_LIMIT);
  const threads = guild.channels
    .filter((thread) => isThread(thread) && thread.parent_id === channel.id)
    .filter((thread) => (thread.type === PRIVATE_THREAD) === (kind === 'private'))
    .map((thread) => ({ thread, metadata: readThreadMetadata(thread) }))
    .filter(({ metadata }) => metadata.archived)
    .map(({ thread, metadata }) => ({ thread, atEpochMs: Date.parse(metadata.archive_timestamp) }))
    .filter(({ atEpochMs }) => before === undefined || atEpochMs < Date.parse(before))
    .toSorted((left, right) => right.atEpochMs - left.atEpochMs)
    .map(({ thread }) => thread);
  const page = threads.slice(0, limit);
  return buildJsonAnswer(200, toThreadList(guild, page, requireBot(call).clientId, threads.length > limit));
}
