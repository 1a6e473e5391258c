import { beforeAll, describe, expect, it } from 'vitest';
import { rotateTenantKey } from '../../shared/app/rotate-tenant-key.ts';
import { DATA_KEY_RETENTION_SECONDS } from '../../shared/domain/data-key.ts';
import { parseSealedKeyId } from '../../shared/domain/envelope.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { openStoredItems, type StoredItems } from '../support/stored-items.ts';
import { openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { comeBack, grace } from './connect-expectations.ts';

const DAY = 86_400;
const CHANNEL = '613425648685547700';

describe('a tenant’s data key', () => {
  const harness = useHarness();
  let items: StoredItems;
  beforeAll(() => {
    items = openStoredItems(harness);
  });
  const rotate = async (tenantId: string, seen: string[] = []) => {
    const rotated = await rotateTenantKey(openEdges(harness), tenantId, (done, total) => seen.push(`${done}/${total}`));
    if (!rotated.ok) throw new Error(rotated.failure.detail);
    return rotated.value;
  };
  const loadPointer = async (tenantId: string) => (await items.load(`TENANT#${tenantId}`, 'DATAKEY')) ?? {};
  const listKeys = (tenantId: string) => openEdges(harness).dataKeys.list(tenantId);
  const keyOf = async ({ connectionId }: ConnectedUser) =>
    parseSealedKeyId(String((await items.load(`CONNECTION#${connectionId}`, 'CONNECTION'))?.['sealedTokens']));
  /** A tenant of its own with two connected users. */
  const makeTenant = async (tenantId: string) => {
    const key = await harness.makeTenant(tenantId);
    const users = [await connectUser(harness, { key, user: 'ada' }), await connectUser(harness, { key, user: 'mina' })];
    const call = (user = users[0]) => user?.call('/users/@me', { key });
    const { keyId } = await loadPointer(tenantId);
    return { key, users, call, keyId: String(keyId) };
  };

  it('is replaced while everything goes on: every token is sealed anew, webhooks’ too, and opens in any sandbox', async () => {
    const { key, users, call, keyId } = await makeTenant('rotated');
    const { confirm } = await comeBack(
      harness,
      { user_id: 'hook', scopes: ['webhook.incoming'] },
      { userId: grace.id, channelId: CHANNEL },
      key,
    );
    const hooked = (await confirm()).json.id as string;
    const before = await items.load(`CONNECTION#${hooked}`, 'CONNECTION');
    const seen: string[] = [];

    const rotation = await rotate('rotated', seen);

    expect(rotation).toMatchObject({ isResumed: false, resealed: 3, left: 0 });
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
    expect(await loadPointer('rotated')).toMatchObject({ keyId: rotation.keyId });
    expect(await loadPointer('rotated')).not.toHaveProperty('isResealOwed');
    for (const user of users) expect(await keyOf(user)).toBe(rotation.keyId);
    expect((await call())?.status).toBe(200);
    harness.coldStart();
    expect((await call())?.status).toBe(200);

    const after = await items.load(`CONNECTION#${hooked}`, 'CONNECTION');
    const [was, is] = [before, after].map((item) => (item?.['webhooks'] as { sealedToken: string }[])[0]?.sealedToken);
    expect([was, is].map((sealed) => parseSealedKeyId(String(sealed)))).toEqual([keyId, rotation.keyId]);
    // A refresh may have stored new tokens while the webhook's is still under the old key.
    await items.change(`CONNECTION#${hooked}`, 'CONNECTION', { webhooks: before?.['webhooks'] });
    await harness.edges.sweepStates.wantPass();
    expect((await harness.sweep()).resealed).toBe(1);
    const gone = await harness.wire.send('DELETE', `/connections/${hooked}?delete_webhooks=true`, { key });
    expect(gone.status).toBe(200);
    expect((await harness.simulator.control.listWebhooks()).items).toEqual([]);
    // Nothing but the seals is another: what callers see has not changed.
    const ignored = { sealedTokens: '', webhooks: '', revision: '' };
    expect({ ...after, ...ignored }).toEqual({ ...before, ...ignored });
    expect(await listKeys('rotated')).toHaveLength(2);
  });

  it('of a sandbox that still seals with the former one does no harm, and is caught up with by the sweep', async () => {
    const { users, call, keyId } = await makeTenant('cached');
    const [user] = users;
    if (user === undefined) throw new Error('nobody');
    await harness.sweep();
    // The warm sandbox has just used the key; its next refresh is due.
    harness.clock.advanceSeconds(6.9 * DAY);
    harness.coldStart();
    expect((await call(users[1]))?.status).toBe(200);
    const rotation = await rotate('cached');
    expect((await call())?.status).toBe(200);

    expect(await keyOf(user)).toBe(keyId);
    harness.coldStart();
    expect((await call())?.status).toBe(200);
    expect((await harness.sweep()).resealed).toBeGreaterThanOrEqual(1);
    expect(await keyOf(user)).toBe(rotation.keyId);
    expect((await call())?.status).toBe(200);
  });

  it('is deleted when nothing can need it any more, by a look at all connections that began after that, not before', async () => {
    const { call, keyId } = await makeTenant('retired');
    const { keyId: current } = await rotate('retired');
    harness.clock.advanceSeconds(DATA_KEY_RETENTION_SECONDS - 1);
    await harness.sweep();
    expect((await listKeys('retired')).map((key) => key.keyId).toSorted()).toEqual([keyId, current].toSorted());

    harness.clock.advanceSeconds(DAY);
    expect((await harness.sweep()).dataKeysDeleted).toBeGreaterThanOrEqual(1);
    expect((await listKeys('retired')).map((key) => key.keyId)).toEqual([current]);
    harness.coldStart();
    expect((await call())?.status).toBe(200);
    const { records = [] } =
      (await harness.edges.auditRecords.listByTenant('retired', { limit: 100, isNewestFirst: true })) ?? {};
    expect(records.find(({ type }) => type === 'data_key_deleted')).toMatchObject({
      details: { keyId, reason: 'rotated' },
      actor: { kind: 'system' },
    });
  });

  it('stays as long as one connection is under it that does not open', async () => {
    const { users, keyId } = await makeTenant('stuck');
    const [broken, fine] = users;
    const [pk, sk] = [`CONNECTION#${broken?.connectionId ?? ''}`, 'CONNECTION'];
    const { sealedTokens } = (await items.load(pk, sk)) ?? {};
    await items.change(pk, sk, { sealedTokens: `${String(sealedTokens).slice(0, -4)}AAAA` });

    expect(await rotate('stuck')).toMatchObject({ resealed: 1, left: 1, isResumed: false });
    expect(await rotate('stuck')).toMatchObject({ resealed: 0, left: 1, isResumed: true });
    harness.clock.advanceSeconds(DATA_KEY_RETENTION_SECONDS + DAY);
    await harness.sweep();
    expect((await listKeys('stuck')).map((key) => key.keyId)).toContain(keyId);
    expect((await fine?.load())?.status).not.toBe('disconnected');

    // What was damaged is put back: it is sealed anew, and nothing keeps the old key any more.
    await items.change(pk, sk, { sealedTokens });
    harness.clock.advanceSeconds(DAY);
    await harness.sweep();
    expect((await listKeys('stuck')).map((key) => key.keyId)).not.toContain(keyId);
  });

  it.each([
    ['stored', 'SET retiredAtEpochSeconds'],
    ['stored-and-the-old-one-marked', 'SET keyId = :new'],
  ])(
    'is as it was when a rotation breaks off with the new key %s, and the next one makes it good',
    async (what, match) => {
      const { call, keyId } = await makeTenant(what);
      harness.stack.aws.faults.add({
        service: 'dynamodb',
        operation: 'UpdateItem',
        match,
        error: 'AccessDeniedException',
        times: 1,
      });

      await expect(rotate(what)).rejects.toMatchObject({ failure: { reason: 'storage_unavailable' } });
      expect(await loadPointer(what)).toMatchObject({ keyId });
      expect((await call())?.status).toBe(200);
      const rotation = await rotate(what);
      expect(rotation).toMatchObject({ isResumed: false, resealed: 2, left: 0 });
      expect(await listKeys(what)).toHaveLength(3);
      harness.clock.advanceSeconds(DATA_KEY_RETENTION_SECONDS + DAY);
      await harness.sweep();
      expect((await listKeys(what)).map((key) => key.keyId)).toEqual([rotation.keyId]);
    },
  );

  it('is the new one when a rotation breaks off after that, and the next one only seals anew', async () => {
    const { users, keyId } = await makeTenant('resumed');
    const edges = openEdges(harness);
    const newKeyId = await edges.dataKeys.rotate('resumed', keyId);

    expect(await rotate('resumed')).toEqual({ keyId: newKeyId, isResumed: true, resealed: 2, left: 0 });
    expect(await Promise.all(users.map(keyOf))).toEqual([newKeyId, newKeyId]);
    expect(await listKeys('resumed')).toHaveLength(2);
    expect(await rotate('resumed')).toMatchObject({ isResumed: false });
  });

  it('is looked for from the beginning when it was rotated while a pass was in the middle of the tenant', async () => {
    const { users, keyId } = await makeTenant('middle');
    const edges = openEdges(harness);
    const { nextCursor = '' } = (await edges.connections.list('middle', { limit: 1 })) ?? {};
    const beganAtEpochSeconds = Math.floor(harness.clock.nowEpochMs() / 1000);
    const tenant = { tenantId: 'middle', beganAtEpochSeconds, keyId, cursor: nextCursor };
    await items.change('SWEEP#state', 'SWEEP', {
      pass: { beganAtEpochSeconds, tenant: { ...tenant, isUnfinished: false, isDone: false } },
    });
    const newKeyId = await edges.dataKeys.rotate('middle', keyId);
    await harness.sweep();

    expect(await Promise.all(users.map(keyOf))).toEqual([newKeyId, newKeyId]);
    expect(await loadPointer('middle')).not.toHaveProperty('isResealOwed');
  });

  it('that is lost is replaced by a rotation, after which each user has his connection back by connecting', async () => {
    const { key, users, call, keyId } = await makeTenant('lost');
    await items.remove('TENANT#lost', `DATAKEY#${keyId}`);
    harness.coldStart();
    expect((await call())?.json.code).toBe('sealed_data_unreadable');
    expect(await rotate('lost')).toMatchObject({ resealed: 0, left: 2 });

    const [user] = users;
    const stored = await items.load(`CONNECTION#${user?.connectionId ?? ''}`, 'CONNECTION');
    const again = await harness.wire.connect(
      key,
      { user_id: String(stored?.['userId']), return_url: 'http://localhost:9/back' },
      { userId: user?.discordUserId ?? '' },
    );
    expect(again.id).toBe(user?.connectionId);
    expect((await call())?.status).toBe(200);
  });

  it('is one and the same for two who rotate at once', async () => {
    const { users } = await makeTenant('twice');
    const [first, second] = await Promise.all([rotate('twice'), rotate('twice')]);
    const { keyId } = await loadPointer('twice');

    expect([first.keyId, second.keyId]).toContain(keyId);
    await harness.sweep();
    expect(await Promise.all(users.map(keyOf))).toEqual([keyId, keyId]);
    expect(await loadPointer('twice')).not.toHaveProperty('isResealOwed');
  });
});
