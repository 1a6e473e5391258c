import type { Answer } from '../answer.ts';
import { buildFieldErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { buildNotSnowflakeError, parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { buildMissingAccessAnswer, findGuildOfBot, isAnswer, requireBot, requireIntent } from '../guilds/access.ts';
import { evaluatePermissions, has } from '../guilds/evaluate.ts';
import { PERMISSION } from '../permissions.ts';
import { compareSnowflakes, isSnowflake } from '../snowflake.ts';
import type { MessageRecord } from '../state/message-record.ts';
import type { WorldGuild } from '../world/world.ts';
import { toMessage } from './message-object.ts';

/** Parameters that may come several times and that the search here heeds. */
const LISTS = ['channel_id', 'author_id', 'mentions'] as const;

/** Others that may come several times. The search here finds what it finds without them. */
const UNHEEDED_LISTS = [
  'author_type',
  'mentions_role_id',
  'replied_to_user_id',
  'replied_to_message_id',
  'has',
  'link_hostname',
  'embed_provider',
  'embed_type',
  'attachment_extension',
  'attachment_filename',
];

/**
 * Searching a guild's messages.
 * @see Discord docs: resources/message#search-guild-messages
 */
export const SEARCH_ROUTES: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/guilds/{guild_id}/messages/search',
    credentials: ['bot'],
    bucket: 'guilds/{guild_id}/messages/search',
    majorParameter: 'guild_id',
    handle: searchMessages,
  },
];

function searchMessages(call: ApiCall): Answer {
  const lists = readLists(call.request.rawQuery);
  if (!lists.ok) return lists.answer;
  const query = parseQuery(lists.rest, {
    limit: { kind: 'integer', minimum: 1, maximum: 25 },
    offset: { kind: 'integer', minimum: 0, maximum: 9975 },
    content: { kind: 'text', minimum: 0, maximum: 1024 },
    max_id: { kind: 'snowflake' },
    min_id: { kind: 'snowflake' },
    pinned: { kind: 'boolean' },
  });
  if (!query.ok) return query.answer;
  const found = findGuildOfBot(call, call.parameters['guild_id'] ?? '');
  if (isAnswer(found)) return found;
  const refusal = requireIntent(call, 'MESSAGE_CONTENT');
  if (refusal !== undefined) return refusal;
  const readable = listReadableChannels(call, found.guild);
  const asked = lists.values.channel_id;
  if (asked.some((id) => !readable.includes(id))) return buildMissingAccessAnswer();
  const { simulation } = call;
  const { messages } = simulation;
  const { searchRetryAfter } = messages.settings;
  if (searchRetryAfter !== null) {
    const message = 'Index not yet available. Try again later';
    return buildJsonAnswer(202, { message, code: 110_000, documents_indexed: 0, retry_after: searchRetryAfter });
  }
  const hits = (asked.length === 0 ? readable : asked)
    .flatMap((channelId) => messages.listInChannel(channelId))
    .filter((message) => isHit(message, query.values, lists.values))
    .toSorted((left, right) => compareSnowflakes(right.id, left.id));
  const offset = Number(query.values.get('offset') ?? 0);
  const page = hits.slice(offset, offset + Number(query.values.get('limit') ?? 25));
  const { clientId } = requireBot(call);
  return buildJsonAnswer(200, {
    doing_deep_historical_index: false,
    total_results: hits.length,
    messages: page.map((message) => [{ ...toMessage(simulation, message, clientId), hit: true }]),
  });
}

function isHit(
  message: MessageRecord,
  values: ReadonlyMap<string, string>,
  { author_id, mentions }: Readonly<Record<(typeof LISTS)[number], readonly string[]>>,
): boolean {
  const [maxId, minId, pinned] = [values.get('max_id'), values.get('min_id'), values.get('pinned')];
  const words = (values.get('content') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const text = message.content.toLowerCase();
  return (
    words.every((word) => text.includes(word)) &&
    (author_id.length === 0 || author_id.includes(message.authorId)) &&
    (mentions.length === 0 || mentions.some((id) => message.mentions.userIds.includes(id))) &&
    (maxId === undefined || compareSnowflakes(message.id, maxId) < 0) &&
    (minId === undefined || compareSnowflakes(message.id, minId) > 0) &&
    (pinned === undefined || /^(?:1|true)$/i.test(pinned) === (message.pinnedAtEpochMs !== null))
  );
}

function listReadableChannels(call: ApiCall, guild: WorldGuild): string[] {
  const memberId = requireBot(call).clientId;
  const nowEpochMs = call.simulation.nowEpochMs();
  const needed = PERMISSION.VIEW_CHANNEL | PERMISSION.READ_MESSAGE_HISTORY;
  return guild.channels
    .filter((channel) => has(evaluatePermissions({ guild, memberId, channel, nowEpochMs }), needed))
    .map(({ id }) => id);
}

type Lists =
  | { readonly ok: true; readonly values: Record<(typeof LISTS)[number], string[]>; readonly rest: string }
  | { readonly ok: false; readonly answer: Answer };

/** Takes the parameters out that may come several times, which the strict reading of queries refuses. */
function readLists(rawQuery: string): Lists {
  const isListed = (pair: string): boolean => [...LISTS, ...UNHEEDED_LISTS].some((name) => pair.startsWith(`${name}=`));
  const pairs = rawQuery.split('&');
  const given = new URLSearchParams(pairs.filter(isListed).join('&'));
  for (const name of LISTS) {
    const bad = given.getAll(name).find((id) => !isSnowflake(id));
    if (bad !== undefined) return { ok: false, answer: buildFieldErrorAnswer({ [name]: buildNotSnowflakeError(bad) }) };
  }
  const values = {
    channel_id: given.getAll('channel_id'),
    author_id: given.getAll('author_id'),
    mentions: given.getAll('mentions'),
  };
  return { ok: true, values, rest: pairs.filter((pair) => !isListed(pair)).join('&') };
}
