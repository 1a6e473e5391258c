import type { Connection } from '../domain/connection.ts';
import { isRefreshDue, isStillUsable, type TokenTimes } from '../domain/refresh-policy.ts';
import type { Failure } from '../problems/failure.ts';
import type { Result } from '../result.ts';
import { openUsable, type UsableToken } from './open-tokens.ts';
import type { Deadline } from './ports.ts';
import { refreshConnection, type RefreshDeps } from './refresh-connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

/** Connections whose refresh has just failed, as this sandbox remembers them for {@link REFRESH_PAUSE_MS}. */
export interface RefreshPauses {
  get(connectionId: string, nowEpochMs: number): true | undefined;
  set(connectionId: string, value: true, nowEpochMs: number): void;
}

/**
 * Milliseconds without another try after a refresh that failed while the old token still works: an outage of the token
 * endpoint must not slow every action down, nor a rejected client secret draw a ban (Discord docs: topics/rate-limits).
 */
export const REFRESH_PAUSE_MS = 30_000;

export interface AccessTokenDeps extends RefreshDeps {
  readonly refreshPauses: RefreshPauses;
}

/** Failures after which the old token is not worth a try: the stored connection itself is not what it was. */
const ABOUT_THE_CONNECTION = new Set<Failure['reason']>([
  'reconnect_required',
  'connection_changed',
  'connection_disconnected',
  'connection_not_found',
]);

/**
 * Gives a token to call Discord with, refreshed first when its end is near. A refresh that fails for a passing reason does
 * not matter while the old token still works.
 * @throws OutageError when the storage or the key service is down
 */
export async function loadAccessToken(
  deps: AccessTokenDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const times: TokenTimes = {
    obtainedAtEpochSeconds: connection.tokenObtainedAtEpochSeconds,
    expiresAtEpochSeconds: connection.tokenExpiresAtEpochSeconds,
  };
  const nowEpochMs = deps.clock.nowEpochMs();
  const nowEpochSeconds = toEpochSeconds(nowEpochMs);
  if (!isRefreshDue(times, nowEpochSeconds)) return openUsable(deps, connection);
  const isUsable = isStillUsable(times, nowEpochSeconds);
  if (isUsable && deps.refreshPauses.get(connection.id, nowEpochMs) === true) return openUsable(deps, connection);
  const refreshed = await refreshConnection(deps, connection, deadline);
  if (refreshed.ok || !isUsable || ABOUT_THE_CONNECTION.has(refreshed.failure.reason)) return refreshed;
  deps.refreshPauses.set(connection.id, true, nowEpochMs);
  deps.log.warn('refresh_postponed', { connection_id: connection.id, reason: refreshed.failure.reason });
  return openUsable(deps, connection);
}
