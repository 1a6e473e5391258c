import { findOwnWebhook, type ConnectedWebhook, type Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { changeConnection } from './change-connection.ts';
import type { Clock, ConnectionStore, Log, Vault } from './ports.ts';

export interface OwnWebhooksDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
}

/** Webhooks that one connection holds: far more than anybody makes, and the item stays far below what DynamoDB takes (400 KB). */
const MAX_OWN_WEBHOOKS = 200;

/** A webhook as Discord told of it, with its token. */
export interface FoundWebhook {
  readonly webhookId: string;
  readonly channelId: string;
  readonly guildId: string;
  readonly token: string;
}

/** @returns the token of a webhook of this connection; nothing when it has none or Discord never delivered it. @throws OutageError */
export async function openWebhookToken(
  { vault }: Pick<OwnWebhooksDeps, 'vault'>,
  connection: Connection,
  webhookId: string,
): Promise<string | undefined> {
  const sealed = findOwnWebhook(connection, webhookId)?.sealedToken;
  if (sealed === undefined) return undefined;
  return vault.open(sealContexts.webhook(connection.tenantId, connection.id, webhookId), sealed);
}

/**
 * Adds a webhook that was made for the connection. Whoever makes more than can be held goes without: they are used by MANAGE_WEBHOOKS
 * like those of others.
 * @throws OutageError
 */
export async function keepOwnWebhook(
  deps: OwnWebhooksDeps,
  connection: Connection,
  { webhookId, channelId, guildId, token }: FoundWebhook,
): Promise<void> {
  const context = sealContexts.webhook(connection.tenantId, connection.id, webhookId);
  const kept: ConnectedWebhook = {
    id: webhookId,
    channelId,
    guildId,
    sealedToken: await deps.vault.seal(context, token),
  };
  await changeConnection(deps, connection, (stored) => {
    if (stored.webhooks.length >= MAX_OWN_WEBHOOKS) return undefined;
    const webhooks = [...stored.webhooks.filter(({ id }) => id !== webhookId), kept];
    return { ...stored, webhooks, updatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()) };
  });
}

/** Takes a webhook off the list that Discord does not know any more, or that was moved or deleted. @throws OutageError */
export async function forgetOwnWebhook(
  deps: OwnWebhooksDeps,
  connection: Connection,
  webhookId: string,
): Promise<void> {
  const changed = await changeConnection(deps, connection, (stored) => {
    const webhooks = stored.webhooks.filter(({ id }) => id !== webhookId);
    if (webhooks.length === stored.webhooks.length) return undefined;
    return { ...stored, webhooks, updatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()) };
  });
  if (changed !== undefined) deps.log.info('webhook_retired', { connection_id: connection.id });
}

/** Notes that a webhook of the connection is in another channel now. @throws OutageError */
export async function moveOwnWebhook(
  deps: OwnWebhooksDeps,
  connection: Connection,
  webhookId: string,
  channelId: string,
): Promise<void> {
  await changeConnection(deps, connection, (stored) => {
    const moved = findOwnWebhook(stored, webhookId);
    if (moved === undefined || moved.channelId === channelId) return undefined;
    const webhooks = stored.webhooks.map((one) => (one.id === webhookId ? { ...one, channelId } : one));
    return { ...stored, webhooks, updatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()) };
  });
}
