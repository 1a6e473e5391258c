import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { toDiscordTime } from '../api/wire-objects.ts';
import { isAnswer, requireBot } from '../guilds/access.ts';
import { PERMISSION } from '../permissions.ts';
import type { Simulation } from '../simulation.ts';
import type { MessageRecord } from '../state/message-record.ts';
import { buildMessage } from './build-message.ts';
import { buildSystemMessageAnswer } from './edit-message.ts';
import { toMessage } from './message-object.ts';
import type { FoundMessage } from './place.ts';
import { findMessage, findPlace, hasIn, requireIn } from './place.ts';

const PINS = {
  credentials: ['bot'],
  majorParameter: 'channel_id',
  path: '/channels/{channel_id}/messages/pins',
} as const;
const PIN = {
  ...PINS,
  path: '/channels/{channel_id}/messages/pins/{message_id}',
  bucket: 'channels/{channel_id}/messages/pins/{message_id}',
} as const;

/** Discord's JSON error 30003. */
const MAX_PINS = 250;

/** Type of the message that tells of a pin. */
const PINNED_MESSAGE = 6;

/**
 * Pinned messages.
 * @see Discord docs: resources/message#get-channel-pins
 */
export const PIN_ROUTES: readonly ApiRoute[] = [
  { ...PINS, method: 'GET', bucket: 'channels/{channel_id}/messages/pins', handle: listPins },
  { ...PIN, method: 'PUT', auditAction: 'create_pin', handle: pinMessage },
  { ...PIN, method: 'DELETE', auditAction: 'delete_pin', handle: unpinMessage },
];

function listPins(call: ApiCall): Answer {
  const query = parseQuery(call.request.rawQuery, {
    before: { kind: 'time' },
    limit: { kind: 'integer', minimum: 1, maximum: 50 },
  });
  if (!query.ok) return query.answer;
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  if (!hasIn(place, PERMISSION.READ_MESSAGE_HISTORY)) return buildJsonAnswer(200, { items: [], has_more: false });
  const before = query.values.get('before');
  const beforeEpochMs = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before);
  const limit = Number(query.values.get('limit') ?? 50);
  const { simulation } = call;
  const found = listPinned(simulation, place.id).filter(({ pinnedAtEpochMs }) => pinnedAtEpochMs < beforeEpochMs);
  const { clientId } = requireBot(call);
  return buildJsonAnswer(200, {
    items: found.slice(0, limit).map((message) => ({
      pinned_at: toDiscordTime(message.pinnedAtEpochMs),
      message: toMessage(simulation, message, clientId),
    })),
    has_more: found.length > limit,
  });
}

/** Pinning again changes nothing. */
function pinMessage(call: ApiCall): Answer {
  const found = findPinnable(call);
  if (isAnswer(found)) return found;
  const { place, message } = found;
  if (message.pinnedAtEpochMs !== null) return buildEmptyAnswer();
  if (message.type !== 0 && message.type !== 19) return buildSystemMessageAnswer();
  const { simulation } = call;
  if (listPinned(simulation, place.id).length >= MAX_PINS) {
    return buildApiErrorAnswer(400, 30_003, `Maximum number of pins reached for the channel (${MAX_PINS})`);
  }
  simulation.messages.put({ ...message, pinnedAtEpochMs: simulation.nowEpochMs() });
  const author = { id: requireBot(call).clientId, webhook: null, mayMentionEveryone: false };
  const notice = buildMessage(simulation, { channelId: place.id, author, payload: {}, attachments: [] });
  const reference = { type: 0 as const, messageId: message.id, channelId: place.id };
  simulation.messages.put({ ...notice, type: PINNED_MESSAGE, reference });
  return buildEmptyAnswer();
}

function unpinMessage(call: ApiCall): Answer {
  const found = findPinnable(call);
  if (isAnswer(found)) return found;
  call.simulation.messages.put({ ...found.message, pinnedAtEpochMs: null });
  return buildEmptyAnswer();
}

function findPinnable(call: ApiCall): FoundMessage | Answer {
  const place = findPlace(call);
  if (isAnswer(place)) return place;
  return requireIn(call, place, PERMISSION.PIN_MESSAGES) ?? findMessage(call);
}

/** Pinned last first. */
function listPinned({ messages }: Simulation, channelId: string): (MessageRecord & { pinnedAtEpochMs: number })[] {
  return messages
    .listInChannel(channelId)
    .flatMap((message) => {
      const { pinnedAtEpochMs } = message;
      return pinnedAtEpochMs === null ? [] : [{ ...message, pinnedAtEpochMs }];
    })
    .toSorted((left, right) => right.pinnedAtEpochMs - left.pinnedAtEpochMs);
}
