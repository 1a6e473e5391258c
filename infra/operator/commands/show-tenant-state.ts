import { toRfc3339 } from '../../../shared/domain/connection.ts';
import type { Tenant } from '../../../shared/domain/integration.ts';
import { computeTenantState } from '../../../shared/domain/tenant-state.ts';

/** For a person; nothing for a tenant that is in use. */
export function describeTenantState(tenant: Tenant): string | undefined {
  const { shredAfterEpochSeconds } = tenant;
  switch (computeTenantState(tenant)) {
    case 'open':
      return undefined;
    case 'deleting':
      return 'deleting';
    case 'pending_shred':
      return `pending shred until ${toRfc3339(shredAfterEpochSeconds ?? 0)}`;
  }
}

/** For a script. */
export function toTenantStateJson(tenant: Tenant): { state: string; shred_after?: string } {
  const { shredAfterEpochSeconds } = tenant;
  return {
    state: computeTenantState(tenant),
    ...(shredAfterEpochSeconds === undefined ? {} : { shred_after: toRfc3339(shredAfterEpochSeconds) }),
  };
}
