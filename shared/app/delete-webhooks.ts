import type { ConnectedWebhook, Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { buildDeleteWebhookRequest, parseDeleteWebhookAnswer, type WebhookEnd } from '../discord/delete-webhook.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { changeConnection } from './change-connection.ts';
import type { Clock, ConnectionStore, Deadline, DiscordClient, Log, Vault } from './ports.ts';

export interface DeleteWebhooksDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly discord: DiscordClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often it is begun anew because the user connected again in the meantime and made another webhook. */
const MAX_ROUNDS = 3;

/** Webhooks that can be deleted: Discord has delivered their token. */
export function listOwnedWebhooks(connection: Connection): ConnectedWebhook[] {
  return connection.webhooks.filter(({ sealedToken }) => sealedToken !== undefined);
}

/**
 * Deletes at Discord the webhooks that came with a connection's consent, and takes those that are gone off its list. To be
 * called before the connection is disconnected: then their tokens are forgotten, and nobody could delete them any more.
 * Repeating it is safe: one that was deleted but is still on the list is unknown to Discord, which counts as done.
 * @returns the connection without these webhooks; the first failure when some are left, which stay on the list
 * @throws OutageError
 */
export async function deleteOwnedWebhooks(
  deps: DeleteWebhooksDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  let current = connection;
  for (let round = 0; round < MAX_ROUNDS && listOwnedWebhooks(current).length > 0; round += 1) {
    const ended = new Set<string>();
    const failure = await deleteAll(deps, current, ended, deadline);
    const changed = await changeConnection(deps, current, (stored) => forget(stored, ended, deps.clock.nowEpochMs()));
    if (changed !== undefined) deps.log.info('webhooks_deleted', { connection_id: changed.id, count: ended.size });
    if (failure !== undefined) return fail(failure);
    const stored = changed ?? (await deps.connections.load(current.id));
    if (stored === undefined) return fail({ reason: 'connection_not_found' });
    current = stored;
  }
  const isDone = listOwnedWebhooks(current).length === 0;
  return isDone ? ok(current) : fail({ reason: 'connection_changed', retryAfterSeconds: 1 });
}

/** @returns nothing when none of them is on the list */
function forget(stored: Connection, ended: ReadonlySet<string>, nowEpochMs: number): Connection | undefined {
  const webhooks = stored.webhooks.filter(({ id }) => !ended.has(id));
  if (webhooks.length === stored.webhooks.length) return undefined;
  return { ...stored, webhooks, updatedAtEpochSeconds: toEpochSeconds(nowEpochMs) };
}

/**
 * Goes through the list one by one. A refusal of one webhook is no reason to leave the others; a Discord that does not work
 * is.
 * @param ended - gets the ids of those that need no more deleting
 * @returns the first failure
 */
async function deleteAll(
  deps: DeleteWebhooksDeps,
  connection: Connection,
  ended: Set<string>,
  deadline: Deadline,
): Promise<Failure | undefined> {
  let first: Failure | undefined;
  for (const webhook of listOwnedWebhooks(connection)) {
    const end = await deleteOne(deps, connection, webhook, deadline);
    if (end.ok) {
      ended.add(webhook.id);
      if (end.value === 'token_refused') deps.log.warn('webhook_token_refused', { connection_id: connection.id });
    } else {
      first ??= end.failure;
      deps.log.warn('webhook_not_deleted', { connection_id: connection.id, reason: end.failure.reason });
      if (end.failure.reason !== 'discord_rejected') break;
    }
  }
  return first;
}

async function deleteOne(
  deps: DeleteWebhooksDeps,
  { tenantId, id: connectionId }: Connection,
  { id, sealedToken }: ConnectedWebhook,
  deadline: Deadline,
): Promise<Result<WebhookEnd, Failure>> {
  if (sealedToken === undefined) return ok('gone');
  const token = await deps.vault.open(sealContexts.webhook(tenantId, connectionId, id), sealedToken);
  const sent = await deps.discord.send(buildDeleteWebhookRequest(id, token), deadline);
  return sent.ok ? parseDeleteWebhookAnswer(sent.value) : sent;
}
