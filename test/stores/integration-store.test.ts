import { beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationStore } from '../../shared/app/ports.ts';
import { keys } from '../../shared/edges/keys.ts';
import { createIntegrationStore } from '../../shared/edges/integration-store.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer, loseEveryAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { buildIntegration } from './records.ts';

describe('the integration store', () => {
  const world = useStoreWorld();
  let store: IntegrationStore;
  beforeAll(() => {
    store = createIntegrationStore(world.table);
  });

  it('has nothing before the first save, and then what was saved', async () => {
    expect(await store.load()).toBeUndefined();
    expect(await store.save(buildIntegration(), 0)).toBe(true);
    expect(await store.load()).toEqual(buildIntegration());
  });

  it('keeps lists that are empty', async () => {
    const empty = buildIntegration({ scopes: [], returnOrigins: [] });
    await store.save(empty, 0);

    expect(await store.load()).toEqual(empty);
  });

  it('saves over the version that was read and over no other', async () => {
    await store.save(buildIntegration(), 0);
    const second = buildIntegration({ clientId: '2', version: 2 });

    expect(await store.save(second, 2)).toBe(false);
    expect(await store.save(buildIntegration({ clientId: '3', version: 1 }), 0)).toBe(false);
    expect(await store.load()).toEqual(buildIntegration());
    expect(await store.save(second, 1)).toBe(true);
    expect(await store.load()).toEqual(second);
  });

  it('saves over no version when there is nothing', async () => {
    expect(await store.save(buildIntegration({ version: 2 }), 1)).toBe(false);
    expect(await store.load()).toBeUndefined();
  });

  it.each([0, 1])('lets one of twenty operators win who all read version %i', async (read) => {
    if (read === 1) await store.save(buildIntegration(), 0);
    const outcomes = await race((writer) =>
      store.save(buildIntegration({ clientId: `${writer}`, version: read + 1 }), read),
    );

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(await store.load()).toEqual(buildIntegration({ clientId: `${winners[0] ?? ''}`, version: read + 1 }));
  });

  it.each([0, 1])('recognizes its own save over version %i when the answer was lost', async (read) => {
    if (read === 1) await store.save(buildIntegration(), 0);
    world.faults.add(loseAnswer('PutItem'));
    const saved = buildIntegration({ clientId: '7', version: read + 1 });

    expect(await store.save(saved, read)).toBe(true);
    expect(await store.load()).toEqual(saved);
  });

  it('does not take another operator’s save for its own', async () => {
    await store.save(buildIntegration({ clientId: '8' }), 0);

    expect(await store.save(buildIntegration({ clientId: '9' }), 0)).toBe(false);
  });

  it('says that the storage is down when no answer comes at all', async () => {
    world.faults.add(loseEveryAnswer('PutItem'));

    await expect(store.save(buildIntegration(), 0)).rejects.toMatchObject({
      failure: { reason: 'storage_unavailable' },
    });
    expect(await store.load()).toEqual(buildIntegration());
  });

  it('refuses settings of another shape, and drops what it does not know', async () => {
    await store.save(buildIntegration(), 0);
    await world.raw.change(keys.integration(), { later: 'unknown' });
    expect(await store.load()).toEqual(buildIntegration());

    await world.raw.change(keys.integration(), { pkce: 'yes' });
    await expect(store.load()).rejects.toThrow();
    await world.raw.change(keys.integration(), { pkce: true, returnOrigins: undefined });
    await expect(store.load()).rejects.toThrow();
  });
});
