import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../../shared/edges/keys.ts';
import { createDataKeyStore, type DataKeys } from '../../shared/edges/data-key-store.ts';
import { createTokenVault } from '../../shared/edges/token-vault.ts';
import { TestClock } from '../support/test-clock.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { race } from './race.ts';

const CONTEXT = { tenantId: 'acme', owner: 'CONNECTION#1', field: 'tokens', version: 1 };

describe('the data key store', () => {
  const world = useStoreWorld();
  const clock = new TestClock();
  let store: DataKeys;
  const deps = () => ({
    table: world.table,
    kms: world.kms,
    tokenKeyArn: world.tokenKeyArn,
    clock,
    random: { bytes: (count: number) => randomBytes(count) },
  });
  beforeAll(() => {
    store = createDataKeyStore(deps());
  });
  const listIds = async () => (await store.list('acme')).map(({ keyId }) => keyId).toSorted();

  it('knows no key of a tenant that has never sealed anything', async () => {
    expect([await store.loadCurrent('acme'), await store.list('acme')]).toEqual([undefined, []]);
    expect(await createTokenVault(deps()).useCurrentKey('acme')).toBeUndefined();
  });

  it('puts a new key in the place of the old one, which stays, opens what it sealed, and has an end from now on', async () => {
    const vault = createTokenVault(deps());
    const sealed = await vault.seal(CONTEXT, 'secret');
    const first = (await store.loadCurrent('acme'))?.keyId ?? '';
    clock.advanceSeconds(60);
    const second = await store.rotate('acme', first);

    expect(await store.loadCurrent('acme')).toEqual({ keyId: second, isResealOwed: true });
    const now = clock.nowEpochMs() / 1000;
    expect((await store.list('acme')).toSorted((a, b) => a.createdAtEpochSeconds - b.createdAtEpochSeconds)).toEqual([
      { keyId: first, createdAtEpochSeconds: now - 60, retiredAtEpochSeconds: now },
      { keyId: second, createdAtEpochSeconds: now },
    ]);
    // This vault goes on with what it knows, until it is told to look.
    expect((await vault.seal(CONTEXT, 'b')).split('.')[1]).toBe(first);
    expect(await vault.useCurrentKey('acme')).toBe(second);
    const anew = await vault.seal(CONTEXT, 'secret');
    expect(anew.split('.')[1]).toBe(second);
    const cold = createTokenVault(deps());
    expect([await cold.open(CONTEXT, sealed), await cold.open(CONTEXT, anew)]).toEqual(['secret', 'secret']);
  });

  it('notes that nothing is under old keys any more, unless there was another rotation since', async () => {
    const first = await store.createFirst('acme');
    const second = (await store.rotate('acme', first)) ?? '';
    await store.noteResealed('acme', first);
    expect(await store.loadCurrent('acme')).toEqual({ keyId: second, isResealOwed: true });
    await store.noteResealed('acme', second);

    expect(await store.loadCurrent('acme')).toEqual({ keyId: second, isResealOwed: false });
  });

  it('lets one of twenty rotate away from the same key, and leaves no key of the others', async () => {
    const first = await store.createFirst('acme');
    const rotated = await race(() => store.rotate('acme', first));

    const winners = rotated.filter((keyId) => keyId !== undefined);
    expect(winners).toHaveLength(1);
    expect((await store.loadCurrent('acme'))?.keyId).toBe(winners[0]);
    expect(await listIds()).toEqual([first, ...winners].toSorted());
  });

  it.each([
    ['new key', 'PutItem', 'DATAKEY#'],
    ['old key', 'UpdateItem', 'retiredAtEpochSeconds'],
    ['pointer', 'UpdateItem', 'isResealOwed'],
  ] as const)('has rotated when the answer to the write of the %s was lost', async (_what, operation, match) => {
    const first = await store.createFirst('acme');
    world.faults.add(loseAnswer(operation, match));
    const second = await store.rotate('acme', first);

    expect((await store.loadCurrent('acme'))?.keyId).toBe(second);
    expect(await listIds()).toEqual([first, second].toSorted());
  });

  it('makes a new key although the old one is lost', async () => {
    const first = await store.createFirst('acme');
    await world.raw.remove(keys.dataKey('acme', first));
    const second = await store.rotate('acme', first);

    expect(await listIds()).toEqual([second]);
    expect((await store.loadCurrent('acme'))?.keyId).toBe(second);
  });

  it('removes a key and says whether it was there; while the pointer names it nothing is sealed, and no other key made', async () => {
    const first = await store.createFirst('acme');
    expect([await store.remove('acme', first), await store.remove('acme', first)]).toEqual([true, false]);

    await expect(createTokenVault(deps()).seal(CONTEXT, 'secret')).rejects.toMatchObject({
      causeName: 'DataKeyMissing',
    });
    expect(await listIds()).toEqual([]);
    await store.removePointer('acme');
    expect(await store.loadCurrent('acme')).toBeUndefined();
  });

  it('lists the keys of one tenant and not of another whose id begins the same', async () => {
    const first = await store.createFirst('acme');
    await store.createFirst('acme-2');

    expect(await listIds()).toEqual([first]);
  });
});
