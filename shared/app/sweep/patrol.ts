import type { Tenant } from '../../domain/integration.ts';
import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import { isPassDue } from '../../domain/patrol-schedule.ts';
import { computeTenantState } from '../../domain/tenant-state.ts';
import { OutageError } from '../../problems/failure.ts';
import type { PatrolPosition, SweepState, SweepStateStore } from '../ports.ts';
import { reportOutage } from '../report-outage.ts';
import type { Budget } from './budget.ts';
import type { PatrolCounts } from './patrol-counts.ts';
import { patrolTenant, type PatrolTenantDeps } from './patrol-tenant.ts';

export interface PatrolDeps extends PatrolTenantDeps {
  readonly sweepStates: SweepStateStore;
}

const OWNER_BYTES = 16;

/**
 * Goes on with the pass over all connections of all tenants where the last run has stopped, or begins one when it is time. One
 * run at a time does so. Where it is, is written after every page: a run that is killed loses one page at the most, and doing
 * that twice does no harm.
 * @returns what was done, and the state afterwards
 * @throws OutageError when the storage is down
 */
export async function patrol(
  deps: PatrolDeps,
  tenants: readonly Tenant[],
  budget: Budget,
): Promise<{ counts: PatrolCounts; state: SweepState }> {
  const counts = { connectionsSeen: 0, idleDisconnected: 0, resealed: 0, spillsRecovered: 0, dataKeysDeleted: 0 };
  const owner = Buffer.from(deps.random.bytes(OWNER_BYTES)).toString('hex');
  const nowEpochMs = deps.clock.nowEpochMs();
  const state = await deps.sweepStates.claimPatrol(owner, nowEpochMs, nowEpochMs + budget.remainingMs());
  if (state !== undefined) {
    try {
      await goOn(deps, tenants, budget, { owner, state, counts });
    } catch (error) {
      // Page and place stay as they are for the next run; storage that is down is everybody's business.
      if (!(error instanceof OutageError) || error.failure.reason === 'storage_unavailable') throw error;
      reportOutage(deps, error);
    } finally {
      await deps.sweepStates.releasePatrol(owner);
    }
  }
  return { counts, state: await deps.sweepStates.load() };
}

interface Patrol {
  readonly owner: string;
  readonly state: SweepState;
  readonly counts: PatrolCounts;
}

async function goOn(
  deps: PatrolDeps,
  tenants: readonly Tenant[],
  budget: Budget,
  { owner, state, counts }: Patrol,
): Promise<void> {
  const idleExpiryDays = (await deps.integrations.load())?.idleExpiryDays;
  let pass = state.pass ?? (await beginIfDue(deps, owner, state));
  while (pass !== undefined && budget.hasTime()) {
    const { beganAtEpochSeconds, tenant } = pass;
    const next = tenant?.isDone === false ? tenant.tenantId : findNext(tenants, tenant?.tenantId);
    if (next === undefined) {
      await deps.sweepStates.endPass(owner, pass, toEpochSeconds(deps.clock.nowEpochMs()));
      return;
    }
    const place = tenant?.isDone === false ? tenant : undefined;
    const moved = await patrolTenant(deps, next, place, { idleExpiryDays, budget, counts });
    if (moved === undefined) return;
    const position: PatrolPosition = { beganAtEpochSeconds, tenant: moved };
    pass = (await deps.sweepStates.savePosition(owner, position)) ? position : undefined;
  }
}

async function beginIfDue(deps: PatrolDeps, owner: string, state: SweepState): Promise<PatrolPosition | undefined> {
  const beganAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  if (!isPassDue(state, beganAtEpochSeconds)) return undefined;
  const pass = { beganAtEpochSeconds };
  return (await deps.sweepStates.beginPass(owner, pass)) ? pass : undefined;
}

/** In the order of ids, so that a place means the same whatever tenants come and go. */
function findNext(tenants: readonly Tenant[], afterId: string | undefined): string | undefined {
  return tenants
    .filter((tenant) => computeTenantState(tenant) !== 'pending_shred')
    .map(({ tenantId }) => tenantId)
    .filter((tenantId) => afterId === undefined || tenantId > afterId)
    .toSorted()
    .at(0);
}
