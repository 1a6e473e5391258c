import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../shared/app/ports.ts';
import type { SealContext } from '../../shared/domain/envelope.ts';
import { keys } from '../../shared/edges/keys.ts';
import { createTokenVault } from '../../shared/edges/token-vault.ts';
import { TestClock } from '../support/test-clock.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer, loseEveryAnswer, refuseCall } from './faults.ts';
import { race } from './race.ts';

const CONTEXT: SealContext = { tenantId: 'acme', owner: 'CONNECTION#1', field: 'tokens', version: 1 };

describe('the token vault’s data keys', () => {
  const world = useStoreWorld();
  let clock: TestClock;
  beforeAll(() => {
    clock = new TestClock();
  });
  /** A vault with nothing in memory, as of a new sandbox. */
  const openVault = (): Vault =>
    createTokenVault({
      table: world.table,
      kms: world.kms,
      tokenKeyArn: world.tokenKeyArn,
      clock,
      random: { bytes: (count) => randomBytes(count) },
    });
  let vault: Vault;
  beforeEach(() => {
    vault = openVault();
  });
  const loadPointer = async () => (await world.raw.load(keys.currentDataKey('acme')))?.['keyId'] as string;
  const listKeyItems = async () => (await world.raw.scan()).filter(({ sk }) => String(sk).startsWith('DATAKEY#'));

  it('makes one key with the first seal and a pointer to it, the key wrapped', async () => {
    const sealed = await vault.seal(CONTEXT, 'secret');
    const keyId = await loadPointer();

    expect(sealed.split('.')[1]).toBe(keyId);
    expect(await listKeyItems()).toMatchObject([{ tenantId: 'acme', keyId }]);
    const { wrappedKey } = (await world.raw.load(keys.dataKey('acme', keyId))) ?? {};
    expect(wrappedKey).toBeInstanceOf(Uint8Array);
    expect((wrappedKey as Uint8Array).length).toBeGreaterThan(32);
    expect(await openVault().open(CONTEXT, sealed)).toBe('secret');
  });

  it('lets twenty sandboxes that seal first at once agree on one key, and what each sealed opens', async () => {
    const vaults = Array.from({ length: 20 }, openVault);
    const sealed = await race((writer) => (vaults[writer] ?? vault).seal(CONTEXT, `secret ${writer}`));

    const keyId = await loadPointer();
    expect(new Set(sealed.map((value) => value.split('.')[1]))).toEqual(new Set([keyId]));
    expect(await listKeyItems()).toMatchObject([{ keyId }]);
    for (const [writer, value] of sealed.entries()) expect(await vault.open(CONTEXT, value)).toBe(`secret ${writer}`);
  });

  it('gives each tenant a key of its own, and opens nothing for another', async () => {
    const sealed = await vault.seal(CONTEXT, 'secret');
    await vault.seal({ ...CONTEXT, tenantId: 'other' }, 'secret');

    expect(await listKeyItems()).toHaveLength(2);
    await expect(vault.open({ ...CONTEXT, tenantId: 'other' }, sealed)).rejects.toMatchObject({
      failure: { reason: 'sealed_data_unreadable' },
    });
  });

  it.each([
    ['of the key', 'DATAKEY#'],
    ['of the pointer', '"DATAKEY"'],
  ])('makes one key when the answer to the write %s was lost', async (_name, match) => {
    world.faults.add(loseAnswer('PutItem', match));
    const sealed = await vault.seal(CONTEXT, 'secret');

    expect(await listKeyItems()).toMatchObject([{ keyId: await loadPointer() }]);
    expect(await openVault().open(CONTEXT, sealed)).toBe('secret');
  });

  it('seals nothing with a key that may not be stored', async () => {
    world.faults.add(loseEveryAnswer('PutItem'));

    await expect(vault.seal(CONTEXT, 'secret')).rejects.toMatchObject({ failure: { reason: 'storage_unavailable' } });
    expect(await loadPointer()).toBeUndefined();
    expect(await openVault().open(CONTEXT, await vault.seal(CONTEXT, 'secret'))).toBe('secret');
  });

  it('says that the storage is down when the key cannot be read, not that the seal is broken', async () => {
    const sealed = await vault.seal(CONTEXT, 'secret');
    world.faults.add(refuseCall('GetItem', 'ProvisionedThroughputExceededException'));

    await expect(openVault().open(CONTEXT, sealed)).rejects.toMatchObject({
      failure: { reason: 'storage_unavailable' },
    });
  });

  it('says that the data is unreadable when the key is gone or has become something else', async () => {
    const sealed = await vault.seal(CONTEXT, 'secret');
    const key = keys.dataKey('acme', await loadPointer());
    for (const wrappedKey of ['text', new Uint8Array([1, 2, 3]), undefined]) {
      await world.raw.change(key, { wrappedKey });
      await expect(openVault().open(CONTEXT, sealed)).rejects.toMatchObject({
        failure: { reason: 'sealed_data_unreadable' },
      });
    }
    await world.raw.remove(key);
    await expect(openVault().open(CONTEXT, sealed)).rejects.toMatchObject({ causeName: 'DataKeyMissing' });
  });

  it('cannot use another tenant’s wrapped key put in the place of its own', async () => {
    const sealed = await vault.seal(CONTEXT, 'secret');
    await vault.seal({ ...CONTEXT, tenantId: 'other' }, 'secret');
    const other = (await listKeyItems()).find(({ tenantId }) => tenantId === 'other');
    await world.raw.change(keys.dataKey('acme', await loadPointer()), { wrappedKey: other?.['wrappedKey'] });

    await expect(openVault().open(CONTEXT, sealed)).rejects.toMatchObject({
      failure: { reason: 'sealed_data_unreadable' },
    });
  });
});
