import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { isHoldOn, isLeaseHeld } from '../domain/refresh-lease.ts';
import { computeJitter, isRefreshDue, isStillUsable } from '../domain/refresh-policy.ts';
import type { Failure } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { toHeldFailure } from './held-failure.ts';
import { openUsable, type UsableToken } from './open-tokens.ts';
import type { Deadline } from './ports.ts';
import { refreshConnection, type RefreshDeps } from './refresh-connection.ts';
import { toTokenTimes } from './token-times.ts';

/** Failures after which the old token is not worth a try: the stored connection itself is not what it was. */
const ABOUT_THE_CONNECTION = new Set<Failure['reason']>([
  'reconnect_required',
  'connection_changed',
  'connection_disconnected',
  'connection_not_found',
]);

/**
 * Gives a token to call Discord with, refreshed first when its end is near. A refresh that fails for a passing reason, or
 * that somebody else is at work on, does not matter while the old token still works.
 * @throws OutageError when the key service is down, or a new pair could not be kept
 */
export async function loadAccessToken(
  deps: RefreshDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const times = toTokenTimes(connection);
  const nowEpochMs = deps.clock.nowEpochMs();
  const nowEpochSeconds = toEpochSeconds(nowEpochMs);
  if (!isRefreshDue(times, nowEpochSeconds, computeJitter(connection.id))) return openUsable(deps, connection);
  const isUsable = isStillUsable(times, nowEpochSeconds);
  if (isHoldOn(connection.refreshHold, nowEpochMs)) {
    return isUsable ? openUsable(deps, connection) : toHeldFailure(connection.refreshHold, nowEpochMs);
  }
  if (isUsable && isLeaseHeld(connection.refreshLease, nowEpochMs)) return openUsable(deps, connection);
  const refreshed = await refreshConnection(deps, connection, { isTokenUsable: isUsable, isRejected: false }, deadline);
  if (refreshed.ok || !isUsable || ABOUT_THE_CONNECTION.has(refreshed.failure.reason)) return refreshed;
  deps.log.warn('refresh_postponed', { connection_id: connection.id, reason: refreshed.failure.reason });
  return openUsable(deps, connection);
}
