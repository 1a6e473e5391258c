import type { TenantStatus } from '../../shared/app/load-tenant-status.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import { computeTenantState } from '../../shared/domain/tenant-state.ts';

/** A tenant with how many keys it has. */
export function toTenantJson({ tenant, liveKeys, revokedKeys }: TenantStatus): Record<string, unknown> {
  const { tenantId, isConfirmationRequired, createdAtEpochSeconds, shredAfterEpochSeconds } = tenant;
  return {
    id: tenantId,
    is_confirmation_required: isConfirmationRequired,
    state: computeTenantState(tenant),
    created_at: toRfc3339(createdAtEpochSeconds),
    ...(shredAfterEpochSeconds === undefined ? {} : { shred_after: toRfc3339(shredAfterEpochSeconds) }),
    live_keys: liveKeys,
    revoked_keys: revokedKeys,
  };
}
