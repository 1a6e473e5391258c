import { beforeAll, describe, expect, it } from 'vitest';
import type { PatrolPosition, SweepStateStore } from '../../shared/app/ports.ts';
import { keys } from '../../shared/edges/keys.ts';
import { createSweepStateStore } from '../../shared/edges/sweep-state-store.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { NOW } from './records.ts';

const NOW_MS = NOW * 1000;
const LIFE_MS = 60_000;
const HOUR_MS = 60 * 60_000;

const PASS: PatrolPosition = { beganAtEpochSeconds: NOW };
const FAR: PatrolPosition = {
  beganAtEpochSeconds: NOW,
  tenant: {
    tenantId: 'acme',
    beganAtEpochSeconds: NOW + 1,
    keyId: '0011223344556677',
    isUnfinished: false,
    cursor: 'abc',
    isDone: true,
  },
};

describe('the sweep state store', () => {
  const world = useStoreWorld();
  let store: SweepStateStore;
  beforeAll(() => {
    store = createSweepStateStore(world.table);
  });
  const claim = (owner: string, nowEpochMs = NOW_MS) => store.claimPatrol(owner, nowEpochMs, nowEpochMs + LIFE_MS);

  it('knows nothing before the first patrol', async () => {
    expect(await store.load()).toEqual({});
    expect(await claim('a')).toEqual({});
  });

  it('gives the patrol to one of twenty', async () => {
    const winners = findWinners(await race((writer) => claim(`o${writer}`)));

    expect(winners).toHaveLength(1);
    const owner = `o${winners[0] ?? ''}`;
    expect(await store.beginPass('o20', PASS)).toBe(false);
    expect(await store.beginPass(owner, PASS)).toBe(true);
  });

  it('gives it to one of twenty when its owner’s time is over, and not at the last moment before', async () => {
    await claim('dead');
    await store.beginPass('dead', FAR);

    expect(await claim('early', NOW_MS + LIFE_MS - 1)).toBeUndefined();
    const outcomes = await race((writer) => claim(`o${writer}`, NOW_MS + LIFE_MS));
    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    expect(outcomes[winners[0] ?? 0]).toEqual({ pass: FAR });
    expect(await store.savePosition('dead', PASS)).toBe(false);
  });

  it('gives it on when its owner’s end lies further ahead than any can', async () => {
    await store.claimPatrol('wrong clock', NOW_MS, NOW_MS + HOUR_MS + 1);

    expect(await claim('a')).toEqual({});
  });

  it('recognizes its own claim when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await claim('a')).toEqual({});
    expect(await claim('b')).toBeUndefined();
  });

  it('keeps the place, with everything that belongs to it, and forgets it at the end of the pass', async () => {
    await claim('a');
    expect(await store.beginPass('a', PASS)).toBe(true);
    expect(await store.load()).toEqual({ pass: PASS });
    expect(await store.savePosition('a', FAR)).toBe(true);
    expect(await store.load()).toEqual({ pass: FAR });
    expect(await store.endPass('a', FAR, NOW + 9)).toBe(true);

    const ended = { lastPassBeganAtEpochSeconds: NOW, lastPassEndedAtEpochSeconds: NOW + 9 };
    expect(await store.load()).toEqual(ended);
    await store.releasePatrol('a');
    expect(await claim('b')).toEqual(ended);
  });

  it('lets nobody but its owner write or give back', async () => {
    await claim('a');
    await store.beginPass('a', PASS);
    await store.releasePatrol('b');

    expect(await store.beginPass('b', FAR)).toBe(false);
    expect(await store.savePosition('b', FAR)).toBe(false);
    expect(await store.endPass('b', FAR, NOW)).toBe(false);
    expect(await claim('b')).toBeUndefined();
    expect(await store.load()).toEqual({ pass: PASS });
  });

  it('remembers that a pass is wanted until one begins, not when one that had begun goes on or ends', async () => {
    await store.wantPass();
    expect(await claim('a')).toEqual({ isPassWanted: true });
    await store.beginPass('a', PASS);
    expect(await store.load()).toEqual({ pass: PASS });

    await store.wantPass();
    await store.savePosition('a', FAR);
    await store.endPass('a', FAR, NOW);
    expect(await store.load()).toMatchObject({ isPassWanted: true });
  });

  it('writes once when the answers were lost', async () => {
    await claim('a');
    for (const write of [
      () => store.beginPass('a', PASS),
      () => store.savePosition('a', FAR),
      () => store.endPass('a', FAR, NOW),
    ]) {
      world.faults.add(loseAnswer('UpdateItem'));
      expect(await write()).toBe(true);
    }
    world.faults.add(loseAnswer('UpdateItem'));
    await store.releasePatrol('a');

    expect(await claim('b')).toEqual({ lastPassBeganAtEpochSeconds: NOW, lastPassEndedAtEpochSeconds: NOW });
  });

  it('makes nothing by writing or giving back where nobody has claimed', async () => {
    expect(await store.beginPass('a', PASS)).toBe(false);
    await store.releasePatrol('a');

    expect(await world.raw.scan()).toEqual([]);
  });

  it('refuses an item of another shape', async () => {
    await claim('a');
    await store.beginPass('a', FAR);
    await world.raw.change(keys.sweepState(), { pass: { beganAtEpochSeconds: 'today' } });

    await expect(store.load()).rejects.toThrow();
  });
});
