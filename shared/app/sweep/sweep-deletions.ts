import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import type { Tenant } from '../../domain/integration.ts';
import { computeTenantState, isShredDue } from '../../domain/tenant-state.ts';
import { OutageError } from '../../problems/failure.ts';
import { reportOutage } from '../report-outage.ts';
import { advanceDeletion, type DeletionDeps } from '../tenant-deletion/advance-deletion.ts';
import { shredTenant, type ShredDeps } from '../tenant-deletion/shred-tenant.ts';
import type { Budget } from './budget.ts';

export type SweepDeletionsDeps = DeletionDeps & ShredDeps;

/**
 * Goes on with every tenant that is being deleted, as far as it goes today: what Discord still has to take back is a to-do of its
 * own.
 * @returns how many are gone now
 */
export async function sweepDeletions(
  deps: SweepDeletionsDeps,
  tenants: readonly Tenant[],
  budget: Budget,
): Promise<number> {
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  let shredded = 0;
  for (const tenant of tenants) {
    if (computeTenantState(tenant) === 'open') continue;
    if (!budget.hasTime()) break;
    try {
      if (isShredDue(tenant, nowEpochSeconds)) {
        shredded += Number(await shredTenant(deps, tenant, () => budget.hasTime()));
      } else await advanceDeletion(deps, tenant, budget.step, { hasTime: () => budget.hasTime() });
    } catch (error) {
      // One tenant whose data does not open must not keep the others.
      if (!(error instanceof OutageError) || error.failure.reason === 'storage_unavailable') throw error;
      reportOutage(deps, error, { tenant: tenant.tenantId });
    }
  }
  return shredded;
}
