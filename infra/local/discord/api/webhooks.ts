import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildEmptyAnswer } from '../answer.ts';
import type { ApiCall, ApiRoute } from './route.ts';

/**
 * The webhook routes that a webhook's own token opens. They take no Authorization header; one that is sent is not looked at.
 * @see Discord docs: resources/webhook
 */
export const WEBHOOK_ROUTES: readonly ApiRoute[] = [
  {
    method: 'DELETE',
    path: '/webhooks/{webhook_id}/{webhook_token}',
    credentials: ['none'],
    bucket: 'webhooks/{webhook_id}/{webhook_token}',
    majorParameter: 'webhook_id',
    handle: deleteWebhookByToken,
  },
];

function deleteWebhookByToken({ simulation, parameters }: ApiCall): Answer {
  const webhook = simulation.store.findWebhook(parameters['webhook_id'] ?? '');
  if (webhook === undefined) return buildApiErrorAnswer(404, 10015, 'Unknown Webhook');
  if (webhook.token !== parameters['webhook_token']) return buildApiErrorAnswer(401, 50027, 'Invalid Webhook Token');
  simulation.store.deleteWebhook(webhook.id);
  return buildEmptyAnswer();
}
