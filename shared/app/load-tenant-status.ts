import { isApiKeyEnded } from '../domain/api-key.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Tenant } from '../domain/integration.ts';
import { loadTenants } from './operate-tenants.ts';
import type { ApiKeyStore, Clock, TenantStore } from './ports.ts';

export interface TenantStatusDeps {
  readonly tenants: TenantStore;
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
}

export interface TenantStatus {
  readonly tenant: Tenant;
  /** API keys that are neither revoked nor expired. */
  readonly liveKeys: number;
  readonly revokedKeys: number;
}

/** One tenant with how many keys it has. */
export async function loadTenantStatus(deps: TenantStatusDeps, tenant: Tenant): Promise<TenantStatus> {
  const keys = await deps.apiKeys.list(tenant.tenantId);
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  return {
    tenant,
    liveKeys: keys.filter((key) => !isApiKeyEnded(key, nowEpochSeconds)).length,
    revokedKeys: keys.filter((key) => key.revokedAtEpochSeconds !== undefined).length,
  };
}

/** All tenants, by id. */
export async function loadTenantStatuses(deps: TenantStatusDeps): Promise<TenantStatus[]> {
  const statuses: TenantStatus[] = [];
  for (const tenant of await loadTenants(deps)) statuses.push(await loadTenantStatus(deps, tenant));
  return statuses;
}
