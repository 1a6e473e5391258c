import type { Tenant } from '../../domain/integration.ts';
import { pageConnections } from '../page-connections.ts';
import type {
  ApiKeyStore,
  Audit,
  ConnectionStore,
  DataKeyStore,
  GrantStore,
  KeyUseStore,
  TenantGuildStore,
  TenantStore,
} from '../ports.ts';

export interface ShredDeps {
  readonly tenants: TenantStore;
  readonly apiKeys: ApiKeyStore;
  readonly keyUses: KeyUseStore;
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
  readonly dataKeys: DataKeyStore;
  readonly tenantGuilds: TenantGuildStore;
  readonly audit: Audit;
}

/**
 * Removes what is left of a tenant whose data keys have been gone for longer than the table can be restored: connections, API
 * keys, the pointer, and the tenant itself at the end, so that what breaks off is found again. The audit records stay for
 * their time.
 * @returns whether it is gone; not when the time was over before
 */
export async function shredTenant(deps: ShredDeps, { tenantId }: Tenant, hasTime: () => boolean): Promise<boolean> {
  for await (const page of pageConnections(deps, tenantId)) {
    for (const connection of page) {
      if (!hasTime()) return false;
      const { clientId, discordUser, grantMember } = connection;
      if (grantMember !== undefined) await deps.grants.remove(clientId, discordUser.id, [grantMember]);
      await deps.connections.remove(connection);
    }
  }
  for (const { keyId } of await deps.apiKeys.list(tenantId)) {
    if (!hasTime()) return false;
    await deps.keyUses.remove(keyId);
    await deps.apiKeys.remove(keyId);
  }
  for (const { guildId } of await deps.tenantGuilds.list(tenantId)) await deps.tenantGuilds.remove(tenantId, guildId);
  for (const { keyId } of await deps.dataKeys.list(tenantId)) await deps.dataKeys.remove(tenantId, keyId);
  await deps.dataKeys.removePointer(tenantId);
  if (!(await deps.tenants.remove(tenantId))) return false;
  await deps.audit.record({ type: 'tenant_shredded', actor: { kind: 'system' }, tenantId });
  return true;
}
