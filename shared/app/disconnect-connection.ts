import type { Connection } from '../domain/connection.ts';
import { COUNT } from '../metric-names.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { revokeAuthorization } from './credentials.ts';
import { openTokens } from './open-tokens.ts';
import type { AppSecrets, Clock, ConnectionStore, Deadline, GrantStore, Log, Metrics, Vault } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface DisconnectDeps {
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
  readonly vault: Vault;
  readonly secrets: AppSecrets;
  readonly tokens: TokenEndpoint;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Disconnects: from the first write on no action runs any more. The authorization at Discord is revoked only when no other
 * connection shares it, and the tokens are forgotten once that is done. Repeating it is safe, and is how a revocation that
 * Discord refused is tried again.
 * @returns the disconnected connection; a Discord failure when the revocation is still owed
 */
export async function disconnectConnection(
  deps: DisconnectDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  if (connection.status === 'disconnected' && connection.isRevocationOwed !== true) return ok(connection);
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const closed = await deps.connections.save({
    ...connection,
    status: 'disconnected',
    statusReason: 'disconnected_by_app',
    isRevocationOwed: true,
    updatedAtEpochSeconds: nowEpochSeconds,
  });
  if (closed === undefined) return fail({ reason: 'connection_changed', retryAfterSeconds: 1 });
  const { clientId, discordUser } = connection;
  const isLast = await deps.grants.removeAndClaimRevocation(clientId, discordUser.id, connection.id, nowEpochSeconds);
  if (isLast) {
    const pair = await openTokens(deps, closed);
    // Either token of the pair ends the whole authorization; the refresh token outlives the other.
    const revoked = pair === undefined ? ok(undefined) : await revokeAuthorization(deps, pair.refreshToken, deadline);
    if (!revoked.ok) {
      deps.log.warn('revocation_owed', { connection_id: connection.id, reason: revoked.failure.reason });
      deps.metrics.count(COUNT.revocationOwed);
      return revoked;
    }
    await deps.grants.finishRevocation(clientId, discordUser.id);
  }
  const { sealedTokens, isRevocationOwed, ...forgotten } = closed;
  const emptied = await deps.connections.save({ ...forgotten, webhooks: [] });
  deps.log.info('disconnected', { connection_id: connection.id, is_revoked: isLast });
  return ok(emptied ?? closed);
}
