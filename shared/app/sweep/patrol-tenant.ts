import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import { CONNECTION_PAGE_SIZE } from '../page-connections.ts';
import type { FreshVault, IntegrationStore, PatrolPosition } from '../ports.ts';
import type { Budget } from './budget.ts';
import { deleteRetiredKeys, type RetiredKeysDeps } from './delete-retired-keys.ts';
import type { PatrolCounts } from './patrol-counts.ts';
import { patrolConnection, type PatrolConnectionDeps } from './patrol-connection.ts';

export interface PatrolTenantDeps extends PatrolConnectionDeps, RetiredKeysDeps {
  readonly integrations: IntegrationStore;
  readonly vault: FreshVault;
}

type Place = NonNullable<PatrolPosition['tenant']>;

export interface PatrolRun {
  readonly idleExpiryDays: number | undefined;
  readonly budget: Budget;
  readonly counts: PatrolCounts;
}

/**
 * Looks at one page of a tenant's connections, and after the last one at its data keys. All are looked at under one current
 * data key: after a rotation in between it begins anew, since what was looked at before is under an old key again.
 * @param place - where an earlier page has ended; absent: this is the tenant's first
 * @returns the place afterwards; nothing when the time was over before
 */
export async function patrolTenant(
  deps: PatrolTenantDeps,
  tenantId: string,
  place: Place | undefined,
  run: PatrolRun,
): Promise<Place | undefined> {
  const keyId = await deps.vault.useCurrentKey(tenantId);
  const begun = place !== undefined && place.keyId === keyId ? place : begin(deps, tenantId, keyId);
  const found = await deps.connections.list(tenantId, {
    limit: CONNECTION_PAGE_SIZE,
    ...(begun.cursor === undefined ? {} : { cursor: begun.cursor }),
  });
  let { isUnfinished } = begun;
  for (const connection of found?.connections ?? []) {
    if (!run.budget.hasTime()) return undefined;
    const order = { idleExpiryDays: run.idleExpiryDays, keyId };
    const patrolled = await patrolConnection(deps, connection, order, run.budget.step);
    run.counts.connectionsSeen += 1;
    run.counts.idleDisconnected += Number(patrolled.isIdleClosed);
    run.counts.resealed += Number(patrolled.isResealed);
    run.counts.spillsRecovered += Number(patrolled.isRecovered);
    isUnfinished ||= patrolled.isUnfinished;
  }
  const { cursor: _passed, ...rest } = begun;
  if (found?.nextCursor !== undefined) return { ...rest, isUnfinished, cursor: found.nextCursor };
  if (!isUnfinished && keyId !== undefined) {
    const seen = { keyId, sinceEpochSeconds: begun.beganAtEpochSeconds };
    run.counts.dataKeysDeleted += await deleteRetiredKeys(deps, tenantId, seen);
  }
  return { ...rest, isUnfinished, isDone: true };
}

function begin({ clock }: PatrolTenantDeps, tenantId: string, keyId: string | undefined): Place {
  return {
    tenantId,
    beganAtEpochSeconds: toEpochSeconds(clock.nowEpochMs()),
    ...(keyId === undefined ? {} : { keyId }),
    isUnfinished: false,
    isDone: false,
  };
}
