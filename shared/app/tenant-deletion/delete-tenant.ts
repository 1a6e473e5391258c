import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import type { Tenant } from '../../domain/integration.ts';
import type { Failure } from '../../problems/failure.ts';
import { countConnections, revokeConnections } from '../end-connections.ts';
import type { Deadline } from '../ports.ts';
import type { Narrator } from '../revoke-all.ts';
import { advanceDeletion, DELETION_ORDER, type DeletionDeps, type DeletionStep } from './advance-deletion.ts';
import { beginDeletion } from './begin-deletion.ts';

export interface DeletionReport {
  readonly closed: number;
  readonly revoked: number;
  readonly owed: number;
  /** Where it has got to. */
  readonly step: DeletionStep;
  readonly refusedWith?: Failure['reason'];
}

/** How often it is looked again; each time there must be less left. */
const MAX_ROUNDS = 5;

/**
 * Deletes a tenant as far as that goes at once: until its data keys are gone, if Discord takes everything back. It can be broken
 * off and repeated, and the sweep goes on with it in any case.
 * @param deadline - for one connection
 * @throws OutageError when the table is down
 */
export async function deleteTenant(
  deps: DeletionDeps,
  tenant: Tenant,
  deadline: Deadline,
  narrator: Narrator,
): Promise<DeletionReport> {
  const marked = await beginDeletion(deps, tenant);
  const { open: total } = await countConnections(deps, [tenant.tenantId]);
  let [closed, revoked] = [0, 0];
  for (let round = 1; ; round += 1) {
    const step = await advanceDeletion(deps, marked, deadline, { total, onProgress: narrator.onClosed });
    if (step.step === 'waiting' && round < MAX_ROUNDS) {
      const seconds = step.untilEpochSeconds - toEpochSeconds(deps.clock.nowEpochMs());
      narrator.onWait(seconds, 'requests_under_way');
      await deps.sleep(Math.max(0, seconds) * 1000);
      continue;
    }
    if (step.step !== 'connections_left') return { closed, revoked, owed: 0, step };
    closed += step.ended.closed;
    const ended = await revokeConnections(deps, step.ended.owedIds, DELETION_ORDER, deadline, {
      onProgress: narrator.onRevoked,
      onWait: (seconds) => narrator.onWait(seconds, 'rate_limit'),
    });
    revoked += ended.revoked;
    const { owed, refusedWith } = ended;
    if (owed > 0 || round === MAX_ROUNDS) {
      return { closed, revoked, owed, step, ...(refusedWith === undefined ? {} : { refusedWith }) };
    }
  }
}
