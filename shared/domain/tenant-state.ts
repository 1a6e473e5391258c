import { RECOVERY_WINDOW_DAYS } from '../table.ts';
import type { Tenant } from './integration.ts';

/**
 * `open` → `deleting` (served no more; its connections are being ended) → `pending_shred` (its data keys are deleted, but the table
 * can still be restored to a time when they were there) → gone.
 */
export type TenantState = 'open' | 'deleting' | 'pending_shred';

export function computeTenantState(tenant: Tenant): TenantState {
  if (tenant.deletingSinceEpochSeconds === undefined) return 'open';
  return tenant.shredAfterEpochSeconds === undefined ? 'deleting' : 'pending_shred';
}

/** Whether a tenant may be used: it is there and is not being deleted. */
export function isTenantOpen(tenant: Tenant | undefined): tenant is Tenant {
  return tenant !== undefined && computeTenantState(tenant) === 'open';
}

/**
 * Seconds after which no request is under way any more that was let in before the tenant was marked: functions of the API
 * run for 29 s at most, and the list of connections is behind for moments.
 */
const DELETION_GRACE_SECONDS = 60;

/** From then on a tenant without a connection that is open or owed will not get one any more. */
export function computeDeletionSettledAt(deletingSinceEpochSeconds: number): number {
  return deletingSinceEpochSeconds + DELETION_GRACE_SECONDS;
}

/** @param nowEpochSeconds - when the data keys were deleted */
export function computeShredAfter(nowEpochSeconds: number): number {
  return nowEpochSeconds + RECOVERY_WINDOW_DAYS * 24 * 60 * 60;
}

export function isShredDue(tenant: Tenant, nowEpochSeconds: number): boolean {
  return tenant.shredAfterEpochSeconds !== undefined && nowEpochSeconds >= tenant.shredAfterEpochSeconds;
}
