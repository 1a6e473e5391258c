import type { Connection } from '../domain/connection.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { openUsable, type UsableToken } from './open-tokens.ts';
import type { ConnectionStore, Vault } from './ports.ts';

export interface NewerTokensDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
}

/**
 * Opens the stored connection's tokens if another request has stored newer ones meanwhile.
 * @param read - as it was when this request began
 * @param stored - as it is now
 * @returns `connection_changed` when the stored tokens are still those that were read; see {@link isUnchanged}
 * @throws OutageError
 */
export async function openNewerTokens(
  deps: Pick<NewerTokensDeps, 'vault'>,
  read: Connection,
  stored: Connection | undefined,
): Promise<Result<UsableToken, Failure>> {
  if (stored === undefined) return fail({ reason: 'connection_not_found' });
  if (stored.status === 'disconnected') return fail({ reason: 'connection_disconnected' });
  if (stored.status === 'reconnect_required') {
    return fail({ reason: 'reconnect_required', statusReason: stored.statusReason ?? 'unknown' });
  }
  if (stored.tokensVersion <= read.tokensVersion) return fail({ reason: 'connection_changed', retryAfterSeconds: 1 });
  return openUsable(deps, stored);
}

/** Reads the connection anew and does the same. @throws OutageError */
export async function loadNewerTokens(deps: NewerTokensDeps, read: Connection): Promise<Result<UsableToken, Failure>> {
  return openNewerTokens(deps, read, await deps.connections.load(read.id));
}

/** Whether {@link openNewerTokens} found nothing newer. */
export function isUnchanged(newer: Result<UsableToken, Failure>): boolean {
  return !newer.ok && newer.failure.reason === 'connection_changed';
}
