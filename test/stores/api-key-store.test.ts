import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiKeyStore } from '../../shared/app/ports.ts';
import { createApiKeyStore } from '../../shared/edges/integration-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race, repeat } from './race.ts';
import { buildApiKey, NOW } from './records.ts';

/** One page more than fits into one batch. */
const MANY = 101;

const buildId = (number: number) => number.toString(16).padStart(16, '0');

describe('the API key store', () => {
  const world = useStoreWorld();
  let store: ApiKeyStore;
  beforeAll(() => {
    store = createApiKeyStore(world.table);
  });

  it('makes a key once', async () => {
    expect(await store.load('1')).toBeUndefined();
    expect(await store.create(buildApiKey('1'))).toBe(true);
    expect(await store.create(buildApiKey('1', { tenantId: 'other' }))).toBe(false);
    expect(await store.load('1')).toEqual(buildApiKey('1'));
  });

  it('lets one of twenty win who drew the same id', async () => {
    const outcomes = await race((writer) => store.create(buildApiKey('1', { name: `${writer}` })));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(await store.load('1')).toMatchObject({ name: `${winners[0] ?? ''}` });
  });

  it('recognizes the key that it made itself when the answer was lost', async () => {
    world.faults.add(loseAnswer('PutItem'));

    expect(await store.create(buildApiKey('1'))).toBe(true);
  });

  it('revokes a key for good: the first moment stays', async () => {
    await store.create(buildApiKey('1'));

    expect(await store.revoke('1', NOW + 5)).toBe(true);
    expect(await store.revoke('1', NOW + 9)).toBe(true);
    expect(await store.load('1')).toEqual(buildApiKey('1', { revokedAtEpochSeconds: NOW + 5 }));
  });

  it('revokes a key whose answer was lost at the moment of the first try', async () => {
    await store.create(buildApiKey('1'));
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await store.revoke('1', NOW + 5)).toBe(true);
    expect(await store.load('1')).toMatchObject({ revokedAtEpochSeconds: NOW + 5 });
  });

  it('takes one of twenty moments when as many revoke at once', async () => {
    await store.create(buildApiKey('1'));
    const outcomes = await race((writer) => store.revoke('1', NOW + writer));

    expect(findWinners(outcomes)).toHaveLength(20);
    const at = (await store.load('1'))?.revokedAtEpochSeconds ?? 0;
    expect(at).toBeGreaterThanOrEqual(NOW);
    expect(at).toBeLessThan(NOW + 20);
  });

  it('lets one of twenty replace a key, and nobody a key that was revoked or is not there', async () => {
    await store.create(buildApiKey('1', { actions: ['users.me'] }));
    const outcomes = await race((writer) => store.replace('1', `new${writer}`, NOW + writer));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(await store.load('1')).toEqual(outcomes[winners[0] ?? 0]);
    await store.create(buildApiKey('2'));
    await store.revoke('2', NOW);
    expect(await store.replace('2', 'new', NOW)).toBeUndefined();
    expect(await store.replace('3', 'new', NOW)).toBeUndefined();
    expect(await store.load('3')).toBeUndefined();
  });

  it('recognizes its own replacement when the answer was lost', async () => {
    await store.create(buildApiKey('1'));
    world.faults.add(loseAnswer('UpdateItem'));
    const replaced = buildApiKey('1', { replacedByKeyId: 'new', validUntilEpochSeconds: NOW + 5 });

    expect(await store.replace('1', 'new', NOW + 5)).toEqual(replaced);
  });

  it('does not make a key by revoking one that there is not', async () => {
    expect(await store.revoke('1', NOW)).toBe(false);
    expect(await world.raw.scan()).toEqual([]);
  });

  it('lists the keys of one tenant, more than one batch of them, revoked ones too, and of no other tenant', async () => {
    await repeat(MANY, (number) => store.create(buildApiKey(buildId(number))));
    await store.create(buildApiKey('other', { tenantId: 'acme#APIKEYS' }));
    await store.create(buildApiKey('longer', { tenantId: 'acme2' }));
    await store.revoke(buildId(7), NOW);

    const listed = await store.list('acme');
    expect(listed.map(({ keyId }) => keyId)).toEqual(Array.from({ length: MANY }, (_, number) => buildId(number)));
    expect(listed[7]).toEqual(buildApiKey(buildId(7), { revokedAtEpochSeconds: NOW }));
    expect(await store.list('acm')).toEqual([]);
  });

  it('lists what is there when a key vanishes between the index and the read', async () => {
    await store.create(buildApiKey('1'));
    await store.create(buildApiKey('2'));
    world.between.afterNext('Query', () => world.raw.remove(keys.apiKey('1')));

    expect(await store.list('acme')).toEqual([buildApiKey('2')]);
  });

  it('refuses a key of another shape', async () => {
    await store.create(buildApiKey('1'));
    await world.raw.change(keys.apiKey('1'), { hash: 5 });

    await expect(store.load('1')).rejects.toThrow();
    await expect(store.list('acme')).rejects.toThrow();
  });
});
