import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { bodySnowflake, parseJsonBody } from '../api/body.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { isAnswer, requireBot } from '../guilds/access.ts';
import { buildWrongChannelTypeAnswer } from '../guilds/channel-edit.ts';
import { PERMISSION } from '../permissions.ts';
import { buildSnowflake, compareSnowflakes } from '../snowflake.ts';
import { createMessage } from './create-message.ts';
import { editMessage } from './edit-message.ts';
import { toMessage } from './message-object.ts';
import { MESSAGE_FLAG } from './message-payload.ts';
import { selectMessages } from './select-messages.ts';
import { findMessage, findPlace, findReadableMessage, hasIn, requireIn, requireSending } from './place.ts';

const LIST = { credentials: ['bot'], majorParameter: 'channel_id', path: '/channels/{channel_id}/messages' } as const;
const ONE = { ...LIST, path: '/channels/{channel_id}/messages/{message_id}' } as const;

const ANNOUNCEMENT = 5;

/** Messages older than this are not deleted together. */
const MAX_BULK_AGE_MS = 14 * 24 * 60 * 60_000;

const bulkDelete = z.object({ messages: z.array(bodySnowflake).check(z.minLength(2), z.maxLength(100)) });

/**
 * Messages: reading, sending, changing, deleting.
 * @see Discord docs: resources/message
 */
export const MESSAGE_ROUTES: readonly ApiRoute[] = [
  { ...LIST, method: 'GET', bucket: 'channels/{channel_id}/messages', handle: listMessages },
  { ...LIST, method: 'POST', bucket: 'channels/{channel_id}/messages', handle: createMessage },
  {
    ...LIST,
    method: 'POST',
    path: '/channels/{channel_id}/messages/bulk-delete',
    bucket: 'channels/{channel_id}/messages/bulk-delete',
    auditAction: 'bulk_delete_messages',
    handle: deleteMessages,
  },
  { ...ONE, method: 'GET', bucket: 'channels/{channel_id}/messages/{message_id}', handle: readMessage },
  { ...ONE, method: 'PATCH', bucket: 'channels/{channel_id}/messages/{message_id}', handle: editMessage },
  // Deleting has a count of its own, as discord-api-docs #1295 tells.
  {
    ...ONE,
    method: 'DELETE',
    bucket: 'DELETE channels/{channel_id}/messages/{message_id}',
    auditAction: 'delete_message',
    handle: deleteMessage,
  },
  {
    ...ONE,
    method: 'POST',
    path: '/channels/{channel_id}/messages/{message_id}/crosspost',
    bucket: 'channels/{channel_id}/messages/{message_id}/crosspost',
    handle: crosspost,
  },
  {
    ...LIST,
    method: 'POST',
    path: '/channels/{channel_id}/typing',
    bucket: 'channels/{channel_id}/typing',
    handle: startTyping,
  },
];

function listMessages(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    before: { kind: 'snowflake' },
    after: { kind: 'snowflake' },
    around: { kind: 'snowflake' },
    limit: { kind: 'integer', minimum: 1, maximum: 100 },
  });
  if (!query.ok) return query.answer;
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.values.get(name));
  if ([before, after, around].filter((cursor) => cursor !== undefined).length > 1) {
    const message = 'before, after and around exclude each other.';
    return buildBodyErrorAnswer([{ path: ['_query'], code: 'BASE_TYPE_INVALID', message }]);
  }
  // Who may not read what was said before finds nothing; it is no error.
  if (!hasIn(place, PERMISSION.READ_MESSAGE_HISTORY)) return buildJsonAnswer(200, []);
  const limit = Number(query.values.get('limit') ?? 50);
  const { simulation } = call;
  const found = selectMessages(simulation.messages.listInChannel(place.id), { before, after, around, limit });
  const { clientId } = requireBot(call);
  return buildJsonAnswer(
    200,
    found.map((message) => toMessage(simulation, message, clientId)),
  );
}

function readMessage(call: ApiCall): Answer {
  const found = findReadableMessage(call);
  if (isAnswer(found)) return found;
  return buildJsonAnswer(200, toMessage(call.simulation, found.message, requireBot(call).clientId));
}

function deleteMessage(call: ApiCall): Answer {
  const found = findMessage(call);
  if (isAnswer(found)) return found;
  const { place, message } = found;
  const isOwn = message.authorId === requireBot(call).clientId;
  const refusal = isOwn ? undefined : requireIn(call, place, PERMISSION.MANAGE_MESSAGES);
  if (refusal !== undefined) return refusal;
  call.simulation.messages.remove(place.id, message.id);
  return buildEmptyAnswer();
}

/** All or nothing. Ids of messages that are not there count for nothing, as at Discord. */
function deleteMessages(call: ApiCall): Answer {
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  const refusal = requireIn(call, place, PERMISSION.MANAGE_MESSAGES);
  if (refusal !== undefined) return refusal;
  const body = parseJsonBody(call.request, bulkDelete);
  if (!body.ok) return body.answer;
  const ids = body.value.messages;
  if (new Set(ids).size !== ids.length) {
    return buildApiErrorAnswer(400, 50_016, 'Provided duplicate messages to delete');
  }
  const { simulation } = call;
  const oldest = buildSnowflake(simulation.nowEpochMs() - MAX_BULK_AGE_MS, 0);
  if (ids.some((id) => compareSnowflakes(id, oldest) < 0)) {
    return buildApiErrorAnswer(400, 50_034, 'You can only bulk delete messages that are under 14 days old.');
  }
  for (const id of ids) simulation.messages.remove(place.id, id);
  return buildEmptyAnswer();
}

function crosspost(call: ApiCall): Answer {
  const found = findMessage(call);
  if (isAnswer(found)) return found;
  const { place, message } = found;
  if (place.kind === 'dm' || place.found.channel.type !== ANNOUNCEMENT) return buildWrongChannelTypeAnswer();
  const { clientId } = requireBot(call);
  const isOwn = message.authorId === clientId;
  const refusal =
    requireSending(call, place) ?? (isOwn ? undefined : requireIn(call, place, PERMISSION.MANAGE_MESSAGES));
  if (refusal !== undefined) return refusal;
  if (message.type !== 0) return buildApiErrorAnswer(400, 50_068, 'Invalid message type');
  if ((message.flags & MESSAGE_FLAG.CROSSPOSTED) !== 0) {
    return buildApiErrorAnswer(400, 40_033, 'This message has already been crossposted');
  }
  const crossposted = { ...message, flags: message.flags | MESSAGE_FLAG.CROSSPOSTED };
  call.simulation.messages.put(crossposted);
  return buildJsonAnswer(200, toMessage(call.simulation, crossposted, clientId));
}

function startTyping(call: ApiCall): Answer {
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  return requireSending(call, place) ?? buildEmptyAnswer();
}
