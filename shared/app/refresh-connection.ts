import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { RefreshCause } from '../domain/refresh-cause.ts';
import { isStillUsable } from '../domain/refresh-policy.ts';
import { REFRESH_COUNT, toRefreshCount } from '../metric-names.ts';
import { FAILURE_FAMILY } from '../problems/failure-family.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { loadNewerTokens, isUnchanged } from './newer-tokens.ts';
import type { UsableToken } from './open-tokens.ts';
import type { Deadline } from './ports.ts';
import { acquireLease, type HeldLease } from './refresh-lease-holder.ts';
import { recoverSpilledTokens } from './recover-spilled-tokens.ts';
import { reportOutage } from './report-outage.ts';
import { rotateTokens, type RotateDeps } from './rotate-tokens.ts';
import { toTokenTimes } from './token-times.ts';

export type RefreshDeps = RotateDeps;

/**
 * Gets a connection a new pair of tokens, once for all sandboxes: whoever holds the lease asks Discord, everybody else gets
 * what that brings.
 * @returns the new token; `reconnect_required` when Discord no longer accepts the grant; failures of Discord, of the
 * integration's credentials and of AWS before Discord was asked leave the connection as it is
 * @throws OutageError when Discord has answered with a pair that could not be kept
 * @see RFC 6749 §6 · Discord docs: topics/oauth2 (refresh)
 */
export async function refreshConnection(
  deps: RefreshDeps,
  connection: Connection,
  cause: RefreshCause,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  let lease: HeldLease;
  try {
    const acquired = await acquireLease(deps, connection, cause.isTokenUsable, deadline);
    if ('outcome' in acquired) return acquired.outcome;
    lease = acquired.lease;
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error, { connection_id: connection.id });
    return fail(error.failure);
  }
  try {
    const recovered = lease.isTakenOver ? await recoverSpilledTokens(deps, lease.connection, deadline) : undefined;
    // A pair that lay in the second place for days may be at its end, too. Nothing lies there any more.
    if (recovered?.ok === true && !isFresh(deps, recovered.value.connection)) {
      return await refreshConnection(deps, recovered.value.connection, cause, deadline);
    }
    const refreshed = recovered ?? (await rotateTokens(deps, lease, cause, deadline));
    countRefresh(deps, refreshed);
    return refreshed;
  } catch (error) {
    deps.metrics.count(toRefreshCount(error instanceof OutageError ? 'outage' : 'bug'));
    throw error;
  }
}

/**
 * Replaces a token that Discord has just rejected: by the pair that another request stored meanwhile, else by a refresh.
 * Looking first spares a refresh with a token that is spent already.
 */
export async function replaceRejectedToken(
  deps: RefreshDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const newer = await loadNewerTokens(deps, connection);
  if (!isUnchanged(newer)) return newer;
  return refreshConnection(deps, connection, { isTokenUsable: false, isRejected: true }, deadline);
}

function isFresh({ clock }: RefreshDeps, connection: Connection): boolean {
  return isStillUsable(toTokenTimes(connection), toEpochSeconds(clock.nowEpochMs()));
}

/** A refresh that was only held back is nobody's failure. */
function countRefresh({ metrics }: RefreshDeps, refreshed: Result<UsableToken, Failure>): void {
  if (refreshed.ok) metrics.count(toRefreshCount('ok'));
  else if ('retryAfterSeconds' in refreshed.failure && FAILURE_FAMILY[refreshed.failure.reason] === 'operator') {
    metrics.count(REFRESH_COUNT.held);
  } else metrics.count(toRefreshCount(FAILURE_FAMILY[refreshed.failure.reason]));
}
