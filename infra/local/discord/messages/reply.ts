import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildBodyErrorAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import { PERMISSION } from '../permissions.ts';
import type { MessageRecord } from '../state/message-record.ts';
import type { MessagePayload } from './message-payload.ts';
import type { MessagePlace } from './place.ts';
import { hasIn } from './place.ts';

/**
 * The message that is replied to: one of the same channel.
 * @returns undefined for a message that replies to nothing, and where a missing one is no failure
 */
export function findRepliedMessage(
  { simulation }: ApiCall,
  place: MessagePlace,
  reference: MessagePayload['message_reference'],
): MessageRecord | Answer | undefined {
  if (reference === undefined || reference === null) return undefined;
  if (!hasIn(place, PERMISSION.READ_MESSAGE_HISTORY)) {
    return buildApiErrorAnswer(403, 160_002, 'Cannot reply without permission to read message history');
  }
  const { channel_id, guild_id, message_id, fail_if_not_exists } = reference;
  const guildId = place.kind === 'guild' ? place.found.guild.id : undefined;
  const isHere = (channel_id ?? place.id) === place.id && (guild_id ?? guildId) === guildId;
  const message = isHere ? simulation.messages.find(place.id, message_id) : undefined;
  if (message !== undefined || fail_if_not_exists === false) return message;
  return buildBodyErrorAnswer([
    { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
  ]);
}
