import { beforeAll, describe, expect, it } from 'vitest';
import type { UserLinkStore } from '../../shared/app/ports.ts';
import type { UserLink } from '../../shared/domain/user-link.ts';
import { keys } from '../../shared/edges/keys.ts';
import { createUserLinkStore } from '../../shared/edges/user-link-store.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { buildConnectionId, NOW } from './records.ts';

const HASH = 'ab'.repeat(32);
const LINK: UserLink = {
  tenantId: 'acme',
  connectionId: buildConnectionId(1),
  createdAtEpochSeconds: NOW,
  expiresAtEpochSeconds: NOW + 900,
};

describe('the user link store', () => {
  const world = useStoreWorld();
  let store: UserLinkStore;
  beforeAll(() => {
    store = createUserLinkStore(world.table);
  });

  it('keeps a link under its hash, with the way back or without', async () => {
    const back = { ...LINK, returnUrl: 'https://app.example/ü?a=1' };
    await store.create(HASH, LINK);
    await store.create('other', back);

    expect(await store.load(HASH)).toEqual(LINK);
    expect(await store.load('other')).toEqual(back);
    expect(await store.load('none')).toBeUndefined();
  });

  it('keeps one when the answer was lost', async () => {
    world.faults.add(loseAnswer('PutItem'));
    await store.create(HASH, LINK);

    expect(await store.load(HASH)).toEqual(LINK);
  });

  it('refuses a link of another shape', async () => {
    await store.create(HASH, LINK);
    await world.raw.change(keys.link(HASH), { expiresAtEpochSeconds: 'never' });

    await expect(store.load(HASH)).rejects.toThrow();
  });
});
