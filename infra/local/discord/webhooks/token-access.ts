import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import type { WebhookRecord } from '../state/records.ts';

/** Shared by all routes that a webhook's own token opens. A header that says who calls is not looked at. */
export const BY_TOKEN = { credentials: ['none'], majorParameter: 'webhook_id' } as const;

/** The webhook of the path; 404 with 10015 when it is not there, 401 with 50027 when the token is another. */
export function findWebhookByToken({ simulation, parameters }: ApiCall): WebhookRecord | Answer {
  const webhook = simulation.store.findWebhook(parameters['webhook_id'] ?? '');
  if (webhook === undefined) return buildApiErrorAnswer(404, 10_015, 'Unknown Webhook');
  if (webhook.token !== parameters['webhook_token']) return buildApiErrorAnswer(401, 50_027, 'Invalid Webhook Token');
  return webhook;
}
