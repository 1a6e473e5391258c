import { applyStatus, type ReconnectReason } from '../domain/connection-status.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { COUNT } from '../metric-names.ts';
import { changeConnection } from './change-connection.ts';
import type { Audit, Clock, ConnectionStore, Log, Metrics } from './ports.ts';

export interface MarkDeps {
  readonly connections: ConnectionStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly audit: Audit;
}

/**
 * Records that only the end user can mend this connection, if it still has the tokens that were found dead: one that was
 * renewed or given up in the meantime stays as it is.
 * @returns whether it was recorded
 */
export async function markReconnectRequired(
  deps: MarkDeps,
  connection: Connection,
  reason: ReconnectReason,
): Promise<boolean> {
  const marked = await changeConnection(deps, connection, ({ refreshLease, refreshHold, ...stored }) =>
    stored.tokensVersion === connection.tokensVersion
      ? applyStatus<Connection>(
          { ...stored, updatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()) },
          { type: 'reconnect_needed', reason },
        )
      : undefined,
  );
  const isMarked = marked !== undefined;
  deps.log.warn('reconnect_required', { connection_id: connection.id, reason, is_marked: isMarked });
  if (!isMarked) return false;
  deps.metrics.count(COUNT.reconnectRequired);
  await deps.audit.record({
    type: 'connection_status_changed',
    actor: { kind: 'system' },
    tenantId: connection.tenantId,
    connectionId: connection.id,
    details: { from: 'active', to: 'reconnect_required', reason },
  });
  return true;
}
