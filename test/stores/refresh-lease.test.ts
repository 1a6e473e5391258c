import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionStore } from '../../shared/app/ports.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { MAX_AHEAD_MS, type RefreshLease } from '../../shared/domain/refresh-lease.ts';
import { createConnectionStore } from '../../shared/edges/connection-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { buildConnection, buildConnectionId, NOW } from './records.ts';

const ID = buildConnectionId(1);
const NOW_MS = NOW * 1000;
const LIFE_MS = 30_000;

const buildLease = (owner: string, untilEpochMs = NOW_MS + LIFE_MS): RefreshLease => ({ owner, untilEpochMs });
const buildHold = (untilEpochMs: number) => ({ untilEpochMs, reason: 'discord_timeout' });

describe('the refresh lease', () => {
  const world = useStoreWorld();
  let store: ConnectionStore;
  let stored: Connection;
  beforeAll(() => {
    store = createConnectionStore(world.table);
  });
  beforeEach(async () => {
    stored = (await store.save(buildConnection())) ?? buildConnection();
  });
  const acquire = (owner: string, nowEpochMs = NOW_MS, connection = stored) =>
    store.acquireRefreshLease(connection, buildLease(owner, nowEpochMs + LIFE_MS), nowEpochMs);
  const change = (attributes: Record<string, unknown>) => world.raw.change(keys.connection(ID), attributes);

  it('is taken by a write that counts, and nothing else of the connection changes', async () => {
    const leased = { ...stored, refreshLease: buildLease('a'), revision: 2 };

    expect(await acquire('a')).toEqual({ connection: leased, isTakenOver: false });
    expect(await store.load(ID)).toEqual(leased);
    expect((await store.list('acme', { limit: 1 }))?.connections).toEqual([leased]);
  });

  it('is had by one of twenty', async () => {
    const outcomes = await race((writer) => acquire(`o${writer}`));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect((await store.load(ID))?.refreshLease?.owner).toBe(`o${winners[0] ?? ''}`);
    expect((await store.load(ID))?.revision).toBe(2);
  });

  it('is taken over by one of twenty once its time is over, and not at the last moment before', async () => {
    await acquire('dead');
    expect(await acquire('early', NOW_MS + LIFE_MS - 1)).toBeUndefined();
    const outcomes = await race((writer) => acquire(`o${writer}`, NOW_MS + LIFE_MS));

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(outcomes[winners[0] ?? 0]).toMatchObject({ isTakenOver: true, connection: { revision: 3 } });
  });

  it('is taken over when its end lies further ahead than any can', async () => {
    await change({ refreshLease: buildLease('wrong clock', NOW_MS + MAX_AHEAD_MS + 1) });

    expect(await acquire('a')).toMatchObject({ isTakenOver: true });
  });

  it.each([
    ['is not active', { status: 'disconnected' }],
    ['has other tokens by now', { tokensVersion: 2 }],
    ['is on hold', { refreshHold: buildHold(NOW_MS + 1) }],
  ])('is not to be had while the connection %s', async (_name, attributes) => {
    await change(attributes);
    expect(await acquire('a')).toBeUndefined();
    await change({ refreshLease: buildLease('dead', NOW_MS - 1) });

    expect(await acquire('a')).toBeUndefined();
    expect((await store.load(ID))?.refreshLease?.owner).toBe('dead');
  });

  it.each([NOW_MS, NOW_MS + MAX_AHEAD_MS + 1])('is had when the hold until %i is none', async (until) => {
    await change({ refreshHold: buildHold(until) });

    expect(await acquire('a')).toMatchObject({ isTakenOver: false });
  });

  it('is not to be had of a connection that is gone', async () => {
    await world.raw.empty();

    expect(await acquire('a')).toBeUndefined();
    expect(await world.raw.scan()).toEqual([]);
  });

  it('recognizes itself when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await acquire('a')).toMatchObject({ isTakenOver: false, connection: { revision: 2 } });
  });

  it('recognizes itself when the answer to a takeover was lost', async () => {
    await acquire('dead');
    world.faults.add(loseAnswer('UpdateItem', ':old'));

    expect(await acquire('a', NOW_MS + LIFE_MS)).toMatchObject({
      isTakenOver: true,
      connection: { refreshLease: { owner: 'a' }, revision: 3 },
    });
  });

  it('makes way for another’s when that was first to take it over', async () => {
    await acquire('dead');
    world.between.afterNext('GetItem', () => acquire('b', NOW_MS + LIFE_MS));

    expect(await acquire('a', NOW_MS + LIFE_MS)).toBeUndefined();
    expect((await store.load(ID))?.refreshLease?.owner).toBe('b');
  });

  it('ends with the pair that is saved under it, and a late owner’s pair is refused', async () => {
    const late = await acquire('dead');
    const taken = await acquire('a', NOW_MS + LIFE_MS);
    const { refreshLease: _over, ...rest } = taken?.connection ?? stored;
    const saved = await store.save({ ...rest, tokensVersion: 2 });

    expect(saved).toMatchObject({ tokensVersion: 2, revision: 4 });
    expect(await store.save({ ...(late?.connection ?? stored), tokensVersion: 2 })).toBeUndefined();
    expect(await store.load(ID)).toEqual(saved);
    expect(saved).not.toHaveProperty('refreshLease');
  });

  it('turns into a hold when it is given back, by its owner only', async () => {
    await acquire('a');
    await store.releaseRefreshLease(ID, 'b', buildHold(NOW_MS + 5), undefined);
    expect((await store.load(ID))?.refreshLease?.owner).toBe('a');
    await store.releaseRefreshLease(ID, 'a', buildHold(NOW_MS + 5), undefined);

    const { refreshLease: _none, ...rest } = stored;
    expect(await store.load(ID)).toEqual({ ...rest, refreshHold: buildHold(NOW_MS + 5), revision: 3 });
  });

  it('remembers since when it is not known whether the token was used: the first time', async () => {
    for (const since of [NOW, NOW + 9]) {
      await change({ refreshLease: buildLease('a') });
      await store.releaseRefreshLease(ID, 'a', buildHold(NOW_MS + 5), since);
    }

    expect((await store.load(ID))?.refreshUncertainSinceEpochSeconds).toBe(NOW);
  });

  it('is given back once when the answer was lost, and not when nobody has it', async () => {
    await acquire('a');
    world.faults.add(loseAnswer('UpdateItem'));
    await store.releaseRefreshLease(ID, 'a', buildHold(NOW_MS + 5), NOW);
    await store.releaseRefreshLease(ID, 'a', buildHold(NOW_MS + 99), NOW);
    await store.releaseRefreshLease(buildConnectionId(2), 'a', buildHold(NOW_MS), undefined);

    expect(await store.load(ID)).toMatchObject({ refreshHold: buildHold(NOW_MS + 5), revision: 3 });
    expect(await world.raw.scan()).toHaveLength(1);
  });
});
