import type { Answer } from '../answer.ts';
import { buildEmptyAnswer, buildJsonAnswer } from '../answer.ts';
import { parseJsonBody } from '../api/body.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { isAnswer } from '../guilds/access.ts';
import { executeWebhook } from './execute-webhook.ts';
import { BY_TOKEN, findWebhookByToken } from './token-access.ts';
import { findFieldRefusal, saveWebhook, webhookEdit } from './webhook-fields.ts';
import { toOwnWebhook } from './webhook-object.ts';
import { WEBHOOK_MESSAGE_ROUTES } from './webhook-messages.ts';

const ONE = { ...BY_TOKEN, path: '/webhooks/{webhook_id}/{webhook_token}' } as const;

/**
 * The webhook routes that a webhook's own token opens.
 * @see Discord docs: resources/webhook
 */
export const TOKEN_WEBHOOK_ROUTES: readonly ApiRoute[] = [
  { ...ONE, method: 'GET', bucket: 'webhooks/{webhook_id}/{webhook_token}', handle: readWebhook },
  { ...ONE, method: 'PATCH', bucket: 'webhooks/{webhook_id}/{webhook_token}', handle: changeWebhook },
  { ...ONE, method: 'DELETE', bucket: 'webhooks/{webhook_id}/{webhook_token}', handle: deleteWebhook },
  { ...ONE, method: 'POST', bucket: 'POST webhooks/{webhook_id}/{webhook_token}', handle: executeWebhook },
  ...WEBHOOK_MESSAGE_ROUTES,
];

function readWebhook(call: ApiCall): Answer {
  const webhook = findWebhookByToken(call);
  return isAnswer(webhook) ? webhook : buildJsonAnswer(200, toOwnWebhook(call.simulation, webhook));
}

function changeWebhook(call: ApiCall): Answer {
  const webhook = findWebhookByToken(call);
  if (isAnswer(webhook)) return webhook;
  const body = parseJsonBody(call.request, webhookEdit);
  if (!body.ok) return body.answer;
  const refusal = findFieldRefusal(body.value);
  if (refusal !== undefined) return refusal;
  const { name, avatar } = body.value;
  const changed = saveWebhook(call.simulation, webhook, { name, avatar });
  return buildJsonAnswer(200, toOwnWebhook(call.simulation, changed));
}

function deleteWebhook(call: ApiCall): Answer {
  const webhook = findWebhookByToken(call);
  if (isAnswer(webhook)) return webhook;
  call.simulation.store.deleteWebhook(webhook.id);
  return buildEmptyAnswer();
}
