import type { AuditActor } from '../domain/audit-event.ts';
import { applyStatus, type DisconnectReason } from '../domain/connection-status.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { changeConnection } from './change-connection.ts';
import { noteRevocation } from './note-revocation.ts';
import type { Deadline, Random, Todo } from './ports.ts';
import { settleRevocation, type SettleRevocationDeps } from './settle-revocation.ts';

export interface DisconnectDeps extends SettleRevocationDeps {
  readonly random: Random;
}

/** Who ends a connection, and why. */
export interface DisconnectOrder {
  readonly reason: DisconnectReason;
  readonly actor: AuditActor;
  /** Asked of the connection as it stands when it is written; absent: whatever has become of it, it is to end. */
  readonly isStillWanted?: (stored: Connection) => boolean;
}

/**
 * Disconnects: from the first write to the connection on no action runs any more. The authorization at Discord is revoked
 * only when no other connection shares it, and the tokens are forgotten once that is done. Repeating it is safe. A
 * revocation that breaks off or that Discord refuses is a to-do, written before anything else, which the sweep takes up.
 * @returns the disconnected connection; a Discord failure when the revocation is still owed
 * @throws OutageError
 */
export async function disconnectConnection(
  deps: DisconnectDeps,
  connection: Connection,
  order: DisconnectOrder,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  const closed = await closeConnection(deps, connection, order);
  if (!closed.ok) return closed;
  const { connection: owing, todo } = closed.value;
  return todo === undefined ? ok(owing) : settleRevocation(deps, owing, todo, deadline);
}

/**
 * The first half of it: no action runs any more, and the revocation is owed. For whoever closes many and does not wait for
 * Discord each time.
 * @returns the disconnected connection, and the to-do of its revocation unless that is done
 * @throws OutageError
 */
export async function closeConnection(
  deps: Pick<DisconnectDeps, 'connections' | 'todos' | 'random' | 'clock' | 'log' | 'audit'>,
  connection: Connection,
  order: DisconnectOrder,
): Promise<Result<{ connection: Connection; todo?: Todo }, Failure>> {
  if (connection.status === 'disconnected' && connection.isRevocationOwed !== true) return ok({ connection });
  const todo = await noteRevocation(deps, connection.id);
  if (connection.status === 'disconnected') return ok({ connection, todo });

  const closed = await changeConnection(deps, connection, (stored) => close(stored, order, deps.clock.nowEpochMs()));
  if (closed === undefined) {
    const stored = await deps.connections.load(connection.id);
    // Somebody else disconnected it at the same moment.
    if (stored?.status === 'disconnected') return ok({ connection: stored, todo });
    return fail({ reason: 'connection_changed', retryAfterSeconds: 1 });
  }
  deps.log.info('disconnected', { connection_id: connection.id, reason: order.reason });
  await deps.audit.record({
    type: 'connection_disconnected',
    actor: order.actor,
    tenantId: connection.tenantId,
    connectionId: connection.id,
    details: { reason: order.reason, from: connection.status },
  });
  return ok({ connection: closed, todo });
}

function close(
  stored: Connection,
  { reason, isStillWanted }: DisconnectOrder,
  nowEpochMs: number,
): Connection | undefined {
  if (isStillWanted?.(stored) === false) return undefined;
  const updatedAtEpochSeconds = toEpochSeconds(nowEpochMs);
  return applyStatus<Connection>(
    { ...stored, isRevocationOwed: true, updatedAtEpochSeconds },
    { type: 'disconnected', reason },
  );
}
