import { findAccount } from '../guilds/accounts.ts';
import type { Simulation } from '../simulation.ts';
import type { WebhookRecord } from '../state/records.ts';
import { buildWebhookUrl } from './webhook-fields.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A webhook as a bot reads it, with who made it. Token and URL are there only for the application that it belongs to.
 * @see Discord docs: resources/webhook#webhook-object
 */
export function toWebhook(simulation: Simulation, webhook: WebhookRecord, readerId: string): Json {
  const creator = webhook.creatorId === undefined ? undefined : findAccount(simulation, webhook.creatorId);
  const { token, url, ...seen } = toOwnWebhook(simulation, webhook);
  return {
    ...seen,
    ...(creator === undefined ? {} : { user: creator.json }),
    ...(webhook.clientId === readerId ? { token, url } : {}),
  };
}

/** A webhook as whoever has its token reads it: without the user. */
export function toOwnWebhook(simulation: Simulation, webhook: WebhookRecord): Json {
  return {
    application_id: webhook.clientId,
    avatar: webhook.avatar ?? null,
    channel_id: webhook.channelId,
    guild_id: webhook.guildId,
    id: webhook.id,
    name: webhook.name,
    type: 1,
    token: webhook.token,
    url: buildWebhookUrl(simulation, webhook),
  };
}
