import type { Connection } from '../domain/connection.ts';
import type { Failure } from '../problems/failure.ts';
import type { Caller } from './authenticate.ts';

/** Of a caller, what decides which connections are his. */
export interface ConnectionCaller {
  readonly tenantId: string;
  readonly token?: Pick<NonNullable<Caller['token']>, 'connectionId'>;
}

/**
 * Whether this caller can use the connection at all: nothing when he can. A foreign connection is answered like an unknown
 * one, so that ids cannot be probed: another tenant's, and with a connection token any other than its own.
 */
export function checkConnection(
  connection: Connection | undefined,
  { tenantId, token }: ConnectionCaller,
): Failure | undefined {
  if (connection?.tenantId !== tenantId) return { reason: 'connection_not_found' };
  if (token !== undefined && token.connectionId !== connection.id) return { reason: 'connection_not_found' };
  if (connection.status === 'disconnected') return { reason: 'connection_disconnected' };
  if (connection.status === 'reconnect_required') {
    return { reason: 'reconnect_required', statusReason: connection.statusReason ?? 'unknown' };
  }
  return undefined;
}
