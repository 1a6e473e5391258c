import { beforeAll, describe, expect, it } from 'vitest';
import type { KeyUseStore } from '../../shared/app/ports.ts';
import { createKeyUseStore } from '../../shared/edges/key-use-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { race } from './race.ts';
import { NOW } from './records.ts';

/** Fewer than elsewhere: a use is given up when it cannot be noted within a second. */
const WRITERS = 8;

const buildUse = (keyId: string, at: number) => ({
  ...keys.keyUse(keyId),
  firstUsedAtEpochSeconds: at,
  firstUseId: 'u',
  lastUsedAtEpochSeconds: at,
});

describe('the key use store', () => {
  const world = useStoreWorld();
  let store: KeyUseStore;
  beforeAll(() => {
    store = createKeyUseStore(world.table);
  });

  it('keeps the first use and moves the last', async () => {
    const first = { firstUsedAtEpochSeconds: NOW, firstUseId: 'u1', lastUsedAtEpochSeconds: NOW };
    expect(await store.record('k', 'u1', NOW)).toEqual(first);
    expect(await store.record('k', 'u2', NOW + 5)).toEqual({ ...first, lastUsedAtEpochSeconds: NOW + 5 });

    expect(await store.load(['k', 'never'])).toEqual(new Map([['k', { ...first, lastUsedAtEpochSeconds: NOW + 5 }]]));
  });

  it('tells one of several that his was the first', async () => {
    const outcomes = await race((writer) => store.record('k', `u${writer}`, NOW), WRITERS);

    expect(outcomes.filter(({ firstUseId }, writer) => firstUseId === `u${writer}`)).toHaveLength(1);
    expect(new Set(outcomes.map(({ firstUseId }) => firstUseId)).size).toBe(1);
  });

  it('knows its own first use again when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await store.record('k', 'u1', NOW)).toMatchObject({ firstUseId: 'u1' });
  });

  it('finds the uses of more keys than one batch takes', async () => {
    const keyIds = Array.from({ length: 205 }, (_, number) => `k${number}`);
    for (const [number, keyId] of keyIds.entries()) await world.raw.put(buildUse(keyId, NOW + number));
    const found = await store.load([...keyIds, 'never']);

    expect([...found].map(([keyId, use]) => [keyId, use.lastUsedAtEpochSeconds])).toEqual(
      keyIds.map((keyId, number) => [keyId, NOW + number]),
    );
    expect(await store.load([])).toEqual(new Map());
  });

  it('refuses an item of another shape', async () => {
    await store.record('k', 'u', NOW);
    await world.raw.change(keys.keyUse('k'), { firstUseId: undefined });

    await expect(store.load(['k'])).rejects.toThrow();
  });
});
