import type { Connection } from '../domain/connection.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { disconnectConnection, type DisconnectDeps } from './disconnect-connection.ts';
import type { Deadline } from './ports.ts';
import { reportOutage } from './report-outage.ts';

const ORDER = { reason: 'disconnected_by_user', actor: { kind: 'end_user' } } as const;

/**
 * Disconnects for the end user himself. He wants to know where he stands, not which step has failed: once his connection
 * is closed here it is disconnected, also while its revocation is still owed to Discord.
 * @returns the disconnected connection; a failure when it is not disconnected
 * @throws OutageError when that cannot be found out
 */
export async function disconnectByUser(
  deps: DisconnectDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  const outcome = await disconnectOrReport(deps, connection, deadline);
  if (outcome.ok) return outcome;
  const stored = await deps.connections.load(connection.id);
  return stored?.status === 'disconnected' ? ok(stored) : outcome;
}

async function disconnectOrReport(
  deps: DisconnectDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  try {
    return await disconnectConnection(deps, connection, ORDER, deadline);
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error);
    return fail(error.failure);
  }
}
