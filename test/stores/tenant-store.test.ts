import { beforeAll, describe, expect, it } from 'vitest';
import type { TenantStore } from '../../shared/app/ports.ts';
import { createTenantStore } from '../../shared/edges/integration-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race, repeat } from './race.ts';
import { buildApiKey, buildTenant, NOW } from './records.ts';

/** Three pages of the list, the last one not full. */
const MANY = 205;

const byId = (a: { tenantId: string }, b: { tenantId: string }) => (a.tenantId < b.tenantId ? -1 : 1);

describe('the tenant store', () => {
  const world = useStoreWorld();
  let store: TenantStore;
  beforeAll(() => {
    store = createTenantStore(world.table);
  });

  it('makes a tenant once', async () => {
    expect(await store.load('acme')).toBeUndefined();
    expect(await store.create(buildTenant('acme'))).toBe(true);
    expect(await store.create(buildTenant('acme', { isConfirmationRequired: false }))).toBe(false);
    expect(await store.load('acme')).toEqual(buildTenant('acme'));
  });

  it('lets one of twenty win who make the same tenant', async () => {
    const outcomes = await race((writer) => store.create(buildTenant('acme', { createdAtEpochSeconds: NOW + writer })));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(await store.load('acme')).toEqual(buildTenant('acme', { createdAtEpochSeconds: NOW + (winners[0] ?? 0) }));
  });

  it('recognizes the tenant that it made itself when the answer was lost', async () => {
    world.faults.add(loseAnswer('PutItem'));

    expect(await store.create(buildTenant('acme'))).toBe(true);
    expect(await store.list()).toEqual([buildTenant('acme')]);
  });

  it('saves over what there is and keeps the tenant in the list', async () => {
    await store.create(buildTenant('acme'));
    const changed = buildTenant('acme', { isConfirmationRequired: false });
    await store.save(changed);

    expect(await store.load('acme')).toEqual(changed);
    expect(await store.list()).toEqual([changed]);
  });

  it('lists none, and then all of several pages, each once and nothing else', async () => {
    expect(await store.list()).toEqual([]);
    const tenants = Array.from({ length: MANY }, (_, number) => buildTenant(`t-${number}`));
    await repeat(MANY, (number) => store.create(buildTenant(`t-${number}`)));
    await world.raw.put({ ...buildApiKey('1'), ...keys.apiKey('1'), gsi1pk: 'TENANT#t-1#APIKEYS', gsi1sk: '1' });
    world.requests.clear();

    expect((await store.list()).toSorted(byId)).toEqual(tenants.toSorted(byId));
    expect(world.requests.count('dynamodb', 'BatchGetItem')).toBe(3);
  });

  it('lists what is there when a tenant vanishes between the index and the read', async () => {
    for (const id of ['a', 'b', 'c']) await store.create(buildTenant(id));
    world.between.afterNext('Query', () => world.raw.remove(keys.tenant('b')));

    expect((await store.list()).map(({ tenantId }) => tenantId)).toEqual(['a', 'c']);
  });

  it('lists every tenant of a page of which the answer brought only a part', async () => {
    for (const id of ['a', 'b', 'c']) await store.create(buildTenant(id));
    world.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, times: 2 });

    expect((await store.list()).map(({ tenantId }) => tenantId)).toEqual(['a', 'b', 'c']);
  });

  it('refuses a tenant of another shape, alone and in the list', async () => {
    await store.create(buildTenant('acme'));
    await world.raw.change(keys.tenant('acme'), { isConfirmationRequired: undefined });

    await expect(store.load('acme')).rejects.toThrow();
    await expect(store.list()).rejects.toThrow();
  });
});
