import type { Connection } from '../domain/connection.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { loadNewerTokens } from './newer-tokens.ts';
import type { UsableToken } from './open-tokens.ts';
import type { Deadline } from './ports.ts';
import { quietly } from './quietly.ts';
import { saveRotatedTokens, type SaveRotatedDeps } from './save-rotated-tokens.ts';
import { openSpilledTokens } from './spilled-tokens.ts';

/**
 * After a lease was taken over: brings a pair that its former holder spilled back into the table.
 * @returns nothing when none was spilled
 * @throws OutageError when it can't be said whether one was spilled; the lease then stays, so that the next one looks again
 */
export async function recoverSpilledTokens(
  deps: SaveRotatedDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure> | undefined> {
  const tokens = await openSpilledTokens(deps, connection);
  if (tokens === undefined) return undefined;
  const saved = await saveRotatedTokens(deps, connection, tokens, deadline);
  if (saved === undefined) return loadNewerTokens(deps, connection);
  deps.log.info('rotated_tokens_recovered', { connection_id: connection.id });
  await deps.audit.record({
    type: 'rotated_tokens_recovered',
    actor: { kind: 'system' },
    tenantId: connection.tenantId,
    connectionId: connection.id,
  });
  // Once more what is in the table already is harmless; a spill that stays only costs until somebody removes it.
  await quietly(deps, () => deps.spills.remove({ connectionId: connection.id, tokensVersion: tokens.tokensVersion }));
  if (saved.status === 'reconnect_required') {
    return fail({ reason: 'reconnect_required', statusReason: saved.statusReason ?? 'unknown' });
  }
  if (saved.status !== 'active') return loadNewerTokens(deps, connection);
  return ok({ accessToken: tokens.pair.accessToken, connection: saved });
}
