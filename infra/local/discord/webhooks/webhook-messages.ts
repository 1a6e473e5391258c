import type { Answer } from '../answer.ts';
import { buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { parseQuery } from '../api/query.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { isAnswer } from '../guilds/access.ts';
import { applyEdit } from '../messages/edit-message.ts';
import { toMessage } from '../messages/message-object.ts';
import { messageEdit } from '../messages/message-payload.ts';
import { buildUnknownMessageAnswer } from '../messages/place.ts';
import { readMessageBody } from '../messages/read-body.ts';
import type { MessageRecord } from '../state/message-record.ts';
import type { WebhookRecord } from '../state/records.ts';
import { BY_TOKEN, findWebhookByToken } from './token-access.ts';

const ONE = {
  ...BY_TOKEN,
  path: '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}',
  bucket: 'webhooks/{webhook_id}/{webhook_token}/messages/{message_id}',
} as const;

/**
 * What a webhook said, by its own token.
 * @see Discord docs: resources/webhook#get-webhook-message
 */
export const WEBHOOK_MESSAGE_ROUTES: readonly ApiRoute[] = [
  { ...ONE, method: 'GET', handle: readWebhookMessage },
  { ...ONE, method: 'PATCH', handle: editWebhookMessage },
  { ...ONE, method: 'DELETE', handle: deleteWebhookMessage },
];

interface OwnMessage {
  readonly webhook: WebhookRecord;
  readonly message: MessageRecord;
}

function readWebhookMessage(call: ApiCall): Answer {
  const found = findOwnMessage(call);
  return isAnswer(found) ? found : buildJsonAnswer(200, toMessage(call.simulation, found.message, null));
}

function editWebhookMessage(call: ApiCall): Answer {
  const found = findOwnMessage(call);
  if (isAnswer(found)) return found;
  const body = readMessageBody(call.request, messageEdit);
  if (!body.ok) return body.answer;
  const { webhook, message } = found;
  const author = { id: webhook.id, webhook: message.webhook, mayMentionEveryone: true };
  const edited = applyEdit(call.simulation, message, author, body.value, body.files);
  return isAnswer(edited) ? edited : buildJsonAnswer(200, toMessage(call.simulation, edited, null));
}

function deleteWebhookMessage(call: ApiCall): Answer {
  const found = findOwnMessage(call);
  if (isAnswer(found)) return found;
  call.simulation.messages.remove(found.message.channelId, found.message.id);
  return buildEmptyAnswer();
}

/** A message of this webhook in its channel, or in the thread that the query names; 404 with 10008 for all others. */
function findOwnMessage(call: ApiCall): OwnMessage | Answer {
  const query = parseQuery(call.request.rawQuery, {
    thread_id: { kind: 'snowflake' },
    with_components: { kind: 'boolean' },
  });
  if (!query.ok) return query.answer;
  const webhook = findWebhookByToken(call);
  if (isAnswer(webhook)) return webhook;
  const channelId = query.values.get('thread_id') ?? webhook.channelId;
  const message = call.simulation.messages.find(channelId, call.parameters['message_id'] ?? '');
  return message?.authorId === webhook.id ? { webhook, message } : buildUnknownMessageAnswer();
}
