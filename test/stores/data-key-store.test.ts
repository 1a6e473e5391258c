import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDataKeyStore, type DataKeys } from '../../shared/edges/data-key-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { TestClock } from '../support/test-clock.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer, loseEveryAnswer } from './faults.ts';
import { findWinners, race } from './race.ts';
import { NOW } from './records.ts';

/** Stands in the write that puts another key in the place of the current one, and in no other. */
const SWAP = 'isResealOwed';

describe('the data key store', () => {
  const world = useStoreWorld();
  let store: DataKeys;
  let clock: TestClock;
  let first: string;
  beforeAll(() => {
    clock = new TestClock();
    const { table, kms, tokenKeyArn } = world;
    store = createDataKeyStore({ table, kms, tokenKeyArn, clock, random: { bytes: (count) => randomBytes(count) } });
  });
  beforeEach(async () => {
    first = await store.createFirst('acme');
  });
  const rotate = (from = first) => store.rotate('acme', from);
  const listIds = async () => (await store.list('acme')).map(({ keyId }) => keyId);
  const loadCurrentId = async () => (await store.loadCurrent('acme'))?.keyId;

  it('knows no key of a tenant that has never sealed', async () => {
    expect(await store.loadCurrent('other')).toBeUndefined();
    expect(await store.list('other')).toEqual([]);
    await expect(store.unwrap('other', first)).rejects.toMatchObject({ causeName: 'DataKeyMissing' });
  });

  it('makes a first key that seals, 32 bytes long, and nothing to be sealed anew', async () => {
    expect(await store.loadCurrent('acme')).toEqual({ keyId: first, isResealOwed: false });
    expect(await store.list('acme')).toMatchObject([{ keyId: first }]);
    expect(await store.unwrap('acme', first)).toHaveLength(32);
    expect(await store.createFirst('acme')).toBe(first);
    expect(await listIds()).toEqual([first]);
  });

  it('rotates: the new key seals, the old one stays, with the moment of its end', async () => {
    const second = (await rotate()) ?? '';

    expect(await store.loadCurrent('acme')).toEqual({ keyId: second, isResealOwed: true });
    expect((await listIds()).toSorted()).toEqual([first, second].toSorted());
    expect(await world.raw.load(keys.dataKey('acme', first))).toMatchObject({ retiredAtEpochSeconds: NOW });
    expect(await world.raw.load(keys.dataKey('acme', second))).not.toHaveProperty('retiredAtEpochSeconds');
    expect(await store.unwrap('acme', first)).not.toEqual(await store.unwrap('acme', second));
  });

  it('does not rotate from a key that does not seal any more, and leaves nothing of the try', async () => {
    const second = await rotate();

    expect(await rotate(first)).toBeUndefined();
    expect(await loadCurrentId()).toBe(second);
    expect(await listIds()).toHaveLength(2);
  });

  it('lets one of twenty rotate', async () => {
    const outcomes = await race(() => rotate());

    const winners = findWinners(outcomes);
    expect(winners).toHaveLength(1);
    const second = outcomes[winners[0] ?? 0] ?? '';
    expect(await loadCurrentId()).toBe(second);
    expect((await listIds()).toSorted()).toEqual([first, second].toSorted());
  });

  it.each([
    ['the new key', 'PutItem', 'wrappedKey'],
    ['the old key’s end', 'UpdateItem', 'retiredAtEpochSeconds'],
    ['the swap', 'UpdateItem', SWAP],
  ])('rotates once when the answer to %s was lost', async (_what, operation, match) => {
    world.faults.add(loseAnswer(operation, match));
    const second = (await rotate()) ?? '';

    expect(await loadCurrentId()).toBe(second);
    expect((await listIds()).toSorted()).toEqual([first, second].toSorted());
  });

  it('goes on after a rotation of which nobody knows how it ended', async () => {
    world.faults.add({ ...loseEveryAnswer('UpdateItem'), match: SWAP });
    await expect(rotate()).rejects.toMatchObject({ failure: { reason: 'storage_unavailable' } });

    const second = (await loadCurrentId()) ?? '';
    expect(second).not.toBe(first);
    expect(await listIds()).toContain(second);
    expect(await rotate(second)).toBeDefined();
  });

  it('keeps a key that sealed for a moment, whose maker learnt only that it is not the current one', async () => {
    let third: string | undefined;
    let second = '';
    world.between.afterNext(
      'UpdateItem',
      async () => {
        second = (await loadCurrentId()) ?? '';
        third = await rotate(second);
      },
      SWAP,
    );
    world.faults.add(loseAnswer('UpdateItem', SWAP));
    await rotate();

    expect(await loadCurrentId()).toBe(third);
    expect(second).not.toBe(first);
    expect(await listIds()).toContain(second);
    expect(await store.unwrap('acme', second)).toHaveLength(32);
  });

  it('keeps a first key, too, that was rotated away before its maker knew that it counted', async () => {
    await world.raw.empty();
    let made = '';
    world.between.afterNext(
      'PutItem',
      async () => {
        made = (await loadCurrentId()) ?? '';
        await rotate(made);
      },
      '"DATAKEY"',
    );
    world.faults.add(loseAnswer('PutItem', '"DATAKEY"'));
    await store.createFirst('acme');

    expect(await listIds()).toContain(made);
    expect(await listIds()).toHaveLength(2);
  });

  it('notes that all is sealed anew, for the key that seals now and for no other', async () => {
    const second = (await rotate()) ?? '';
    await store.noteResealed('acme', first);
    expect(await store.loadCurrent('acme')).toMatchObject({ isResealOwed: true });
    await store.noteResealed('acme', second);
    expect(await store.loadCurrent('acme')).toEqual({ keyId: second, isResealOwed: false });

    await store.noteResealed('other', second);
    expect(await store.loadCurrent('other')).toBeUndefined();
  });

  it('deletes a key once, and the pointer as often as it is told', async () => {
    expect(await store.remove('acme', first)).toBe(true);
    expect(await store.remove('acme', first)).toBe(false);
    await store.removePointer('acme');
    await store.removePointer('acme');

    expect(await world.raw.scan()).toEqual([]);
  });

  it('lists the keys of one tenant without its other items and those of a tenant whose name begins alike', async () => {
    await world.raw.put({ ...keys.tenant('acme'), tenantId: 'acme' });
    await store.createFirst('acme2');

    expect(await listIds()).toEqual([first]);
  });
});
