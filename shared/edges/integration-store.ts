import type { ApiKeyStore, IntegrationStore, TenantStore } from '../app/ports.ts';
import { keys, listKeys } from './keys.ts';
import { parseApiKeyRecord, parseIntegration, parseTenant } from './records.ts';
import type { TableClient } from './table-client.ts';

const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

/** The operator's settings: one item, saved only over the version that was read. */
export function createIntegrationStore(table: TableClient): IntegrationStore {
  return {
    load: async () => parseIntegration(await table.get(keys.integration())),
    save: (integration, expectedVersion) =>
      table.put(
        keys.integration(),
        { ...integration },
        expectedVersion === 0
          ? ABSENT
          : {
              ConditionExpression: '#v = :expected',
              ExpressionAttributeNames: { '#v': 'version' },
              ExpressionAttributeValues: { ':expected': expectedVersion },
            },
      ),
  };
}

/** Tenants: few, so they are listed whole. */
export function createTenantStore(table: TableClient): TenantStore {
  return {
    load: async (tenantId) => parseTenant(await table.get(keys.tenant(tenantId))),
    create: (tenant) =>
      table.put(keys.tenant(tenant.tenantId), { ...tenant, ...listKeys.tenants(tenant.tenantId) }, ABSENT),
    save: async (tenant) => {
      await table.put(keys.tenant(tenant.tenantId), { ...tenant, ...listKeys.tenants(tenant.tenantId) });
    },
    list: async () => await loadList(table, listKeys.tenants('').gsi1pk, parseTenant),
  };
}

/** API keys, stored as hashes. A revoked key stays, so that its id says when it ended. */
export function createApiKeyStore(table: TableClient): ApiKeyStore {
  return {
    create: (key) =>
      table.put(keys.apiKey(key.keyId), { ...key, ...listKeys.apiKeys(key.tenantId, key.keyId) }, ABSENT),
    revoke: async (keyId, atEpochSeconds) => {
      const updated = await table.update(keys.apiKey(keyId), {
        UpdateExpression: 'SET revokedAtEpochSeconds = if_not_exists(revokedAtEpochSeconds, :at)',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': atEpochSeconds },
      });
      return updated !== undefined;
    },
    load: async (keyId) => parseApiKeyRecord(await table.get(keys.apiKey(keyId))),
    list: (tenantId) => loadList(table, listKeys.apiKeys(tenantId, '').gsi1pk, parseApiKeyRecord),
  };
}

/** BatchGetItem takes at most this many keys. */
const BATCH_LIMIT = 100;

async function loadList<T>(
  table: TableClient,
  partition: string,
  parse: (item: Record<string, unknown> | undefined) => T | undefined,
): Promise<T[]> {
  const found: T[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.listKeys({ partition }, { limit: BATCH_LIMIT, ...(after === undefined ? {} : { after }) });
    for (const item of await table.getAll(page.keys)) {
      const parsed = parse(item);
      if (parsed !== undefined) found.push(parsed);
    }
    after = page.last;
  } while (after !== undefined);
  return found;
}
