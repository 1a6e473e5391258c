import type { ReconnectReason } from '../domain/connection-status.ts';
import type { RefreshCause } from '../domain/refresh-cause.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { markReconnectRequired, type MarkDeps } from './mark-reconnect-required.ts';
import { isUnchanged, loadNewerTokens, type NewerTokensDeps } from './newer-tokens.ts';
import type { UsableToken } from './open-tokens.ts';
import type { HeldLease } from './refresh-lease-holder.ts';

export interface SettleDeps extends MarkDeps, NewerTokensDeps {
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Milliseconds between looks at the stored connection after a lease was taken over: its former holder may only have been
 * slow, and be about to store the new pair.
 */
const LOOK_AGAIN_AFTER_MS = [100, 200] as const;

/** Discord refused the refresh token. Unless there are newer tokens by now, only the user can mend it. */
export async function settleRejectedGrant(
  deps: SettleDeps,
  { connection, isTakenOver }: HeldLease,
  cause: RefreshCause,
): Promise<Result<UsableToken, Failure>> {
  let newer = await loadNewerTokens(deps, connection);
  for (const pauseMs of isTakenOver ? LOOK_AGAIN_AFTER_MS : []) {
    if (!isUnchanged(newer)) return newer;
    await deps.sleep(pauseMs);
    newer = await loadNewerTokens(deps, connection);
  }
  if (!isUnchanged(newer)) return newer;
  // Whoever's answer was lost, or who died with it, may have spent the token himself.
  const isOurDoing = isTakenOver || connection.refreshUncertainSinceEpochSeconds !== undefined;
  const reason = isOurDoing ? 'refresh_answer_lost' : toReason(cause);
  const isMarked = await markReconnectRequired(deps, connection, reason);
  return isMarked ? fail({ reason: 'reconnect_required', statusReason: reason }) : loadNewerTokens(deps, connection);
}

/** Both tokens dead before their time: that happens when the user takes the authorization back. */
function toReason(cause: RefreshCause): ReconnectReason {
  return cause.isRejected ? 'revoked_by_user' : 'grant_dead';
}
