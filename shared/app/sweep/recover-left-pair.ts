import { parseSealedKeyId } from '../../domain/envelope.ts';
import type { Connection } from '../../domain/connection.ts';
import { isLeaseStale } from '../../domain/refresh-lease.ts';
import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import type { Clock, Deadline, Random } from '../ports.ts';
import { recoverSpilledTokens } from '../recover-spilled-tokens.ts';
import type { SaveRotatedDeps } from '../save-rotated-tokens.ts';

export interface RecoverLeftDeps extends SaveRotatedDeps {
  readonly clock: Clock;
  readonly random: Random;
}

const OWNER_BYTES = 16;

/**
 * A lease that was never given back can stand for a pair in the second place. Without a call that takes the lease over, the
 * pair would lie there until its refresh token dies, sealed under a data key that the table no longer shows in use.
 * @param keyId - the tenant's current data key
 * @returns whether the pair is in the table now; `left`: it is not, and needs an old data key
 * @throws OutageError
 */
export async function recoverLeftPair(
  deps: RecoverLeftDeps,
  connection: Connection,
  keyId: string | undefined,
  deadline: Deadline,
): Promise<'none' | 'recovered' | 'left'> {
  const nowEpochMs = deps.clock.nowEpochMs();
  if (!isLeaseStale(connection.refreshLease, nowEpochMs)) return 'none';
  const spill = { connectionId: connection.id, tokensVersion: connection.tokensVersion + 1 };
  const sealed = await deps.spills.load(spill);
  if (sealed === undefined) return 'none';
  if (connection.status === 'active' && (await recover(deps, connection, nowEpochMs, deadline))) return 'recovered';
  return parseSealedKeyId(sealed) === keyId ? 'none' : 'left';
}

async function recover(
  deps: RecoverLeftDeps,
  connection: Connection,
  nowEpochMs: number,
  deadline: Deadline,
): Promise<boolean> {
  const owner = Buffer.from(deps.random.bytes(OWNER_BYTES)).toString('hex');
  const lease = { owner, untilEpochMs: nowEpochMs + deadline.remainingMs() };
  const taken = await deps.connections.acquireRefreshLease(connection, lease, nowEpochMs);
  if (taken === undefined) return false;
  if (taken.isTakenOver && (await recoverSpilledTokens(deps, taken.connection, deadline)) !== undefined) return true;
  // Somebody else has been here: what he left is not known, so that the next refresh must not blame the user.
  await deps.connections.releaseRefreshLease(
    connection.id,
    owner,
    { untilEpochMs: nowEpochMs, reason: 'refresh_in_progress' },
    toEpochSeconds(nowEpochMs),
  );
  return false;
}
