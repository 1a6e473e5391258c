import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import type { Tenant } from '../../domain/integration.ts';
import { computeTenantState } from '../../domain/tenant-state.ts';
import type { ApiKeyStore, Audit, Clock, TenantStore } from '../ports.ts';

export interface BeginDeletionDeps {
  readonly tenants: TenantStore;
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
  readonly audit: Audit;
}

const OPERATOR = { kind: 'operator' } as const;

/** Marks a tenant: from here on nothing of it is served, and what has begun is finished by whoever comes by. */
export async function beginDeletion(deps: BeginDeletionDeps, tenant: Tenant): Promise<Tenant> {
  const { tenantId } = tenant;
  const marked = await deps.tenants.beginDeletion(tenantId, toEpochSeconds(deps.clock.nowEpochMs()));
  if (computeTenantState(tenant) === 'open') {
    await deps.audit.record({ type: 'tenant_deletion_started', actor: OPERATOR, tenantId });
  }
  return marked ?? tenant;
}

/** Refuses its API keys: all calls of its apps, and the connection tokens that were made with them. */
export async function revokeAllKeys({ apiKeys, clock, audit }: BeginDeletionDeps, tenantId: string): Promise<number> {
  const open = (await apiKeys.list(tenantId)).filter(
    ({ revokedAtEpochSeconds }) => revokedAtEpochSeconds === undefined,
  );
  for (const { keyId } of open) {
    await apiKeys.revoke(keyId, toEpochSeconds(clock.nowEpochMs()));
    await audit.record({
      type: 'api_key_revoked',
      actor: OPERATOR,
      tenantId,
      details: { keyId, reason: 'tenant_deleted' },
    });
  }
  return open.length;
}
