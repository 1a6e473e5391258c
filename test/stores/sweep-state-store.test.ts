import { beforeAll, describe, expect, it } from 'vitest';
import type { SweepStateStore } from '../../shared/app/ports.ts';
import { createSweepStateStore } from '../../shared/edges/sweep-state-store.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';

const NOW = 1_800_000_000_000;
const UNTIL = NOW + 240_000;
const PASS = { beganAtEpochSeconds: NOW / 1000 };
const PLACE = {
  ...PASS,
  tenant: { tenantId: 'acme', beganAtEpochSeconds: 5, keyId: 'k1', isUnfinished: true, cursor: 'c', isDone: false },
};

describe('the sweep’s state', () => {
  const world = useStoreWorld();
  let store: SweepStateStore;
  beforeAll(() => {
    store = createSweepStateStore(world.table);
  });

  it('is empty at first, and the patrol is to be had', async () => {
    expect(await store.load()).toEqual({});
    expect(await store.claimPatrol('one', NOW, UNTIL)).toEqual({});
  });

  it('lets one of twenty have the patrol', async () => {
    const claims = await race((writer) => store.claimPatrol(`sweep ${writer}`, NOW, UNTIL));

    expect(findWinners(claims.map((claim) => claim !== undefined))).toHaveLength(1);
  });

  it('gives the patrol to another when its time is over or cannot be true, and then refuses the first', async () => {
    await store.claimPatrol('one', NOW, UNTIL);
    expect(await store.claimPatrol('two', UNTIL - 1, UNTIL + 1)).toBeUndefined();
    expect(await store.claimPatrol('two', UNTIL, UNTIL + 240_000)).toEqual({});

    expect(await store.beginPass('one', PASS)).toBe(false);
    expect(await store.savePosition('one', PLACE)).toBe(false);
    expect(await store.endPass('one', PASS, 1)).toBe(false);
    await store.releasePatrol('one');
    expect(await store.claimPatrol('three', UNTIL, UNTIL + 1)).toBeUndefined();
    await store.releasePatrol('two');
    await store.claimPatrol('ahead', NOW, NOW + 10 * 3_600_000);
    expect(await store.claimPatrol('four', NOW, UNTIL)).toEqual({});
  });

  it('knows its own claim when the answer was lost', async () => {
    world.faults.add(loseAnswer('UpdateItem'));

    expect(await store.claimPatrol('one', NOW, UNTIL)).toEqual({});
  });

  it('keeps the place of a pass until it ends, and what is wanted until the next begins', async () => {
    await store.wantPass();
    await store.claimPatrol('one', NOW, UNTIL);
    expect(await store.load()).toEqual({ isPassWanted: true });
    expect(await store.beginPass('one', PASS)).toBe(true);
    expect(await store.load()).toEqual({ pass: PASS });
    await store.savePosition('one', PLACE);
    await store.wantPass();
    await store.releasePatrol('one');
    expect(await store.claimPatrol('two', NOW, UNTIL)).toEqual({ pass: PLACE, isPassWanted: true });
    expect(await store.endPass('two', PLACE, 7)).toBe(true);

    expect(await store.load()).toEqual({
      isPassWanted: true,
      lastPassBeganAtEpochSeconds: PASS.beganAtEpochSeconds,
      lastPassEndedAtEpochSeconds: 7,
    });
  });
});
