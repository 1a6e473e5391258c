import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildJsonAnswer } from '../answer.ts';
import { bodySnowflake, parseJsonBody } from '../api/body.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { findAccount } from '../guilds/accounts.ts';
import { requireBot } from '../guilds/access.ts';
import { toDmChannel } from '../guilds/dm-channel.ts';
import { findDmRefusal } from './place.ts';

const newDm = z.object({ recipient_id: bodySnowflake });

/**
 * Opening a conversation with a user.
 * @see Discord docs: resources/user#create-dm
 */
export const DM_ROUTES: readonly ApiRoute[] = [
  { method: 'POST', path: '/users/@me/channels', credentials: ['bot'], bucket: 'users/@me/channels', handle: openDm },
];

/** The conversation that there is already, or a new one. */
function openDm(call: ApiCall): Answer {
  const body = parseJsonBody(call.request, newDm);
  if (!body.ok) return body.answer;
  const { simulation } = call;
  const { clientId } = requireBot(call);
  const userId = body.value.recipient_id;
  const recipient = findAccount(simulation, userId);
  if (recipient === undefined || userId === clientId) {
    return buildApiErrorAnswer(400, 50_033, 'Invalid Recipient(s)');
  }
  if (recipient.isBot) return buildApiErrorAnswer(403, 50_007, 'Cannot send messages to this user');
  const refusal = findDmRefusal(simulation, { clientId, userId });
  if (refusal !== undefined) return refusal;
  const { messages, store } = simulation;
  const known = messages.findDmWith(clientId, userId);
  const dm = known ?? { id: store.nextSnowflake(simulation.nowEpochMs()), clientId, userId };
  if (known === undefined) messages.putDm(dm);
  return buildJsonAnswer(200, toDmChannel(simulation, dm));
}
