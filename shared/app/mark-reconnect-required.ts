import type { Connection } from '../domain/connection.ts';
import { COUNT } from '../metric-names.ts';
import type { Clock, ConnectionStore, Log, Metrics } from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

/** Why a connection stopped working. */
export type ReconnectReason = 'grant_dead' | 'token_rejected';

/**
 * Records that only the end user can mend this connection. Conditional on the item that was read: a connection that was
 * renewed in the meantime stays as it is.
 * @returns whether it was recorded
 */
export async function markReconnectRequired(
  deps: {
    readonly connections: ConnectionStore;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics: Metrics;
  },
  connection: Connection,
  statusReason: ReconnectReason,
): Promise<boolean> {
  const updatedAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const marked: Connection = { ...connection, status: 'reconnect_required', statusReason, updatedAtEpochSeconds };
  const isMarked = (await deps.connections.save(marked)) !== undefined;
  deps.log.warn('reconnect_required', { connection_id: connection.id, reason: statusReason, is_marked: isMarked });
  if (isMarked) deps.metrics.count(COUNT.reconnectRequired);
  return isMarked;
}
