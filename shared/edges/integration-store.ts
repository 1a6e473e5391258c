import { isDeepStrictEqual } from 'node:util';
import type { ApiKeyStore, IntegrationStore, TenantStore } from '../app/ports.ts';
import { keys, listKeys } from './keys.ts';
import { parseApiKeyRecord, parseIntegration, parseTenant } from './records.ts';
import type { TableClient } from './table-client.ts';

const ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

/** The operator's settings: one item, saved only over the version that was read. */
export function createIntegrationStore(table: TableClient): IntegrationStore {
  const load = async () => parseIntegration(await table.get(keys.integration()));
  return {
    load,
    save: async (integration, expectedVersion) => {
      const condition =
        expectedVersion === 0
          ? ABSENT
          : {
              ConditionExpression: '#v = :expected',
              ExpressionAttributeNames: { '#v': 'version' },
              ExpressionAttributeValues: { ':expected': expectedVersion },
            };
      const isSaved = await table.put(keys.integration(), { ...integration }, condition);
      return isSaved || isOwnWrite(await load(), integration);
    },
    noteSecrets: async (changed, atEpochSeconds) => {
      const names = changed.map(({ name }) => `${name}SetAtEpochSeconds`);
      const set = changed.flatMap(({ isRemoved }, index) => (isRemoved ? [] : [`#f${index} = :at`]));
      const removed = changed.flatMap(({ isRemoved }, index) => (isRemoved ? [`#f${index}`] : []));
      return parseIntegration(
        await table.update(keys.integration(), {
          UpdateExpression: [
            ...(set.length === 0 ? [] : [`SET ${set.join(', ')}`]),
            ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(', ')}`]),
            'ADD #v :one',
          ].join(' '),
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: {
            '#v': 'version',
            ...Object.fromEntries(names.map((name, index) => [`#f${index}`, name])),
          },
          ExpressionAttributeValues: { ':one': 1, ...(set.length === 0 ? {} : { ':at': atEpochSeconds }) },
        }),
      );
    },
  };
}

/** Tenants: few, so they are listed whole. */
export function createTenantStore(table: TableClient): TenantStore {
  const load = async (tenantId: string) => parseTenant(await table.get(keys.tenant(tenantId)));
  return {
    load,
    create: async (tenant) => {
      const item = { ...tenant, ...listKeys.tenants(tenant.tenantId) };
      const isCreated = await table.put(keys.tenant(tenant.tenantId), item, ABSENT);
      return isCreated || isOwnWrite(await load(tenant.tenantId), tenant);
    },
    save: async ({ tenantId, isConfirmationRequired }) => {
      const updated = await table.update(keys.tenant(tenantId), {
        UpdateExpression: 'SET isConfirmationRequired = :required',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deletingSinceEpochSeconds)',
        ExpressionAttributeValues: { ':required': isConfirmationRequired },
      });
      return updated !== undefined;
    },
    list: async () => await loadList(table, listKeys.tenants('').gsi1pk, parseTenant),
    beginDeletion: async (tenantId, atEpochSeconds) =>
      parseTenant(
        await table.update(keys.tenant(tenantId), {
          UpdateExpression: 'SET deletingSinceEpochSeconds = if_not_exists(deletingSinceEpochSeconds, :at)',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':at': atEpochSeconds },
        }),
      ),
    noteKeysDeleted: async (tenantId, shredAfterEpochSeconds) =>
      parseTenant(
        await table.update(keys.tenant(tenantId), {
          UpdateExpression: 'SET shredAfterEpochSeconds = if_not_exists(shredAfterEpochSeconds, :after)',
          ConditionExpression: 'attribute_exists(deletingSinceEpochSeconds)',
          ExpressionAttributeValues: { ':after': shredAfterEpochSeconds },
        }),
      ),
    remove: (tenantId) =>
      table.delete(keys.tenant(tenantId), { ConditionExpression: 'attribute_exists(shredAfterEpochSeconds)' }),
  };
}

/** API keys, stored as hashes. A revoked key stays, so that its id says when it ended. */
export function createApiKeyStore(table: TableClient): ApiKeyStore {
  const load = async (keyId: string) => parseApiKeyRecord(await table.get(keys.apiKey(keyId)));
  return {
    create: async (key) => {
      const item = { ...key, ...listKeys.apiKeys(key.tenantId, key.keyId) };
      const isCreated = await table.put(keys.apiKey(key.keyId), item, ABSENT);
      return isCreated || isOwnWrite(await load(key.keyId), key);
    },
    revoke: async (keyId, atEpochSeconds) => {
      const updated = await table.update(keys.apiKey(keyId), {
        UpdateExpression: 'SET revokedAtEpochSeconds = if_not_exists(revokedAtEpochSeconds, :at)',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': atEpochSeconds },
      });
      return updated !== undefined;
    },
    replace: async (keyId, byKeyId, validUntilEpochSeconds) => {
      const updated = await table.update(keys.apiKey(keyId), {
        UpdateExpression: 'SET replacedByKeyId = :by, validUntilEpochSeconds = :until',
        ConditionExpression:
          'attribute_exists(pk) AND attribute_not_exists(revokedAtEpochSeconds) AND attribute_not_exists(replacedByKeyId)',
        ExpressionAttributeValues: { ':by': byKeyId, ':until': validUntilEpochSeconds },
      });
      if (updated !== undefined) return parseApiKeyRecord(updated);
      const stored = await load(keyId);
      // A write whose answer was lost and which the SDK repeats meets itself.
      return stored?.replacedByKeyId === byKeyId ? stored : undefined;
    },
    load,
    list: (tenantId) => loadList(table, listKeys.apiKeys(tenantId, '').gsi1pk, parseApiKeyRecord),
    remove: async (keyId) => {
      await table.delete(keys.apiKey(keyId));
    },
  };
}

/** After a condition that did not hold: a write whose answer was lost and which the SDK repeats meets itself. */
function isOwnWrite(stored: unknown, written: unknown): boolean {
  return isDeepStrictEqual(stored, written);
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
