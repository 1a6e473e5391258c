import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import { isAnswer, requireBot } from '../guilds/access.ts';
import { PERMISSION } from '../permissions.ts';
import type { MessageRecord } from '../state/message-record.ts';
import { isEmptyMessage } from './build-message.ts';
import { isContentShown, toSnapshot } from './message-object.ts';
import type { MessagePayload } from './message-payload.ts';
import { MESSAGE_FLAG } from './message-payload.ts';
import { buildUnknownMessageAnswer, findPlace, requireIn } from './place.ts';

/**
 * Makes a forward of a message that has nothing in it. The bot must be able to read what it forwards.
 * @see Discord docs: resources/message#message-reference-types
 */
export function forwardMessage(
  call: ApiCall,
  empty: MessageRecord,
  reference: NonNullable<MessagePayload['message_reference']>,
): MessageRecord | Answer {
  if (!isEmptyMessage(empty)) {
    return refuse('MESSAGE_FORWARD_CANNOT_HAVE_CONTENT', 'A forward cannot have content of its own.');
  }
  const channelId = reference.channel_id;
  if (channelId === undefined || channelId === null) {
    const message = 'This field is required';
    return buildBodyErrorAnswer([{ path: ['message_reference', 'channel_id'], code: 'BASE_TYPE_REQUIRED', message }]);
  }
  const source = findPlace(call, channelId);
  if (isAnswer(source)) return source;
  const refusal = requireIn(call, source, PERMISSION.READ_MESSAGE_HISTORY);
  if (refusal !== undefined) return refusal;
  const { simulation } = call;
  const original = simulation.messages.find(channelId, reference.message_id);
  if (original === undefined) return buildUnknownMessageAnswer();
  if (original.type !== 0 && original.type !== 19) {
    return buildApiErrorAnswer(400, 50_021, 'Cannot execute action on a system message');
  }
  if (!isContentShown(simulation, original, requireBot(call).clientId)) {
    return buildApiErrorAnswer(403, 160_014, 'Cannot forward a message whose content is not accessible');
  }
  return {
    ...empty,
    flags: empty.flags | MESSAGE_FLAG.HAS_SNAPSHOT,
    reference: { type: 1, messageId: original.id, channelId },
    snapshots: [toSnapshot(simulation, original)],
  };
}

function refuse(code: string, message: string): Answer {
  return buildBodyErrorAnswer([{ path: ['message_reference'], code, message }]);
}
