import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, setConfirmation } from '../../shared/app/operate-tenants.ts';
import { deleteTenant } from '../../shared/app/tenant-deletion/delete-tenant.ts';
import { beginDeletion } from '../../shared/app/tenant-deletion/begin-deletion.ts';
import { OutageError } from '../../shared/problems/failure.ts';
import { openTokens } from '../../shared/app/open-tokens.ts';
import { connectUser } from '../support/connected-user.ts';
import { openStoredItems, type StoredItems } from '../support/stored-items.ts';
import { NO_HURRY, openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import {
  comeBack,
  countLiveTokens,
  expectPage,
  goToDiscord,
  grace,
  linus,
  mina,
  noor,
} from './connect-expectations.ts';

const DAY = 86_400;
const SILENT = { onClosed: () => undefined, onRevoked: () => undefined, onWait: () => undefined };

describe('a tenant that is deleted', () => {
  const harness = useHarness();
  let items: StoredItems;
  beforeAll(() => {
    items = openStoredItems(harness);
  });
  const remove = async (tenantId: string, waits: [number, string][] = []) => {
    const edges = openEdges(harness);
    const tenant = await edges.tenants.load(tenantId);
    if (tenant === undefined) throw new Error('no tenant');
    const onWait = (seconds: number, reason: string) => waits.push([seconds, reason]);
    return deleteTenant(edges, tenant, NO_HURRY, { ...SILENT, onWait });
  };
  const loadTenant = (tenantId: string) => openEdges(harness).tenants.load(tenantId);
  const listDataKeys = (tenantId: string) => openEdges(harness).dataKeys.list(tenantId);
  /** Without the record of what happened, and without what DynamoDB's TTL takes by itself: the clock says when. */
  const belongingTo = async (tenantId: string) =>
    (await harness.scanTable()).filter(
      ({ pk, tenantId: owner, expiresAtEpochSeconds = Infinity }) =>
        owner === tenantId &&
        !String(pk).startsWith('AUDIT#') &&
        Number(expiresAtEpochSeconds) > harness.clock.nowEpochMs() / 1000,
    );

  it('goes step by step: refused, disconnected, revoked, its keys gone, and after the window all of it', async () => {
    const key = await harness.makeTenant('leaving');
    const users = [
      await connectUser(harness, { key, user: 'ada' }),
      await connectUser(harness, { key, user: 'grace' }),
    ];
    const other = await connectUser(harness, { user: 'linus' });
    const before = await harness.scanTable();
    const waits: [number, string][] = [];

    const report = await remove('leaving', waits);

    // Longer than a request that was let in before can take.
    expect(waits).toEqual([[60, 'requests_under_way']]);
    expect(report).toMatchObject({ closed: 2, revoked: 2, owed: 0, step: { step: 'keys_deleted' } });
    const { shredAfterEpochSeconds = 0 } = (await loadTenant('leaving')) ?? {};
    expect(shredAfterEpochSeconds).toBe(Math.floor(harness.clock.nowEpochMs() / 1000) + 7 * DAY);
    for (const { discordUserId } of users) expect(await countLiveTokens(harness, discordUserId)).toBe(0);
    expect(await listDataKeys('leaving')).toEqual([]);
    expect((await harness.wire.send('GET', '/connections', { key })).status).toBe(401);
    const kept = await belongingTo('leaving');
    expect(kept.filter(({ sk }) => sk === 'CONNECTION')).toMatchObject([
      { status: 'disconnected', statusReason: 'tenant_deleted' },
      { status: 'disconnected', statusReason: 'tenant_deleted' },
    ]);

    harness.clock.advanceSeconds(7 * DAY - 1);
    expect(await harness.sweep()).toMatchObject({ shredded: 0 });
    expect((await belongingTo('leaving')).filter(({ sk }) => sk !== 'SESSION')).toEqual(
      kept.filter(({ sk }) => sk !== 'SESSION'),
    );
    harness.clock.advanceSeconds(1);
    expect(await harness.sweep()).toMatchObject({ shredded: 1 });
    expect(await belongingTo('leaving')).toEqual([]);
    expect(await loadTenant('leaving')).toBeUndefined();
    const remains = (await harness.scanTable()).map((item) => JSON.stringify(item));
    for (const { connectionId } of users) {
      const mentions = remains.filter((text) => text.includes(connectionId) && !text.includes('"pk":"AUDIT#'));
      expect(mentions).toEqual([]);
    }
    // The others are not touched.
    harness.coldStart();
    expect((await other.call()).status).toBe(200);
    await expectUnreadable(
      before,
      users.map(({ connectionId }) => connectionId),
    );
  });

  /** As after a restore of the table to a time before the deletion, but after the data keys went. */
  const expectUnreadable = async (copies: Record<string, unknown>[], connectionIds: string[]) => {
    const edges = openEdges(harness);
    for (const id of connectionIds) {
      const copy = copies.find(({ pk }) => pk === `CONNECTION#${id}`) ?? {};
      await items.put(copy);
      const connection = await edges.connections.load(id);
      if (connection === undefined) throw new Error('not restored');
      expect(connection.sealedTokens).toBeDefined();
      const opened = await openTokens(edges, connection).catch((error: unknown) => error);
      expect(opened).toBeInstanceOf(OutageError);
      expect((opened as OutageError).causeName).toBe('DataKeyMissing');
      await items.remove(`CONNECTION#${id}`, 'CONNECTION');
    }
  };

  it('keeps its data keys while Discord does not take the tokens back, and the sweep ends it', async () => {
    const key = await harness.makeTenant('owing');
    const user = await connectUser(harness, { key, user: 'mina' });
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token/revoke',
      times: 1,
      fault: { kind: 'answer', status: 503 },
    });

    expect(await remove('owing')).toMatchObject({ closed: 1, revoked: 0, owed: 1, step: { step: 'connections_left' } });
    expect(await listDataKeys('owing')).toHaveLength(1);
    expect((await user.call('/users/@me', { key })).status).toBe(401);
    harness.clock.advanceSeconds(61);
    await harness.sweep();
    expect(await countLiveTokens(harness, mina.id)).toBe(0);
    await harness.sweep();
    expect(await listDataKeys('owing')).toEqual([]);
    expect((await loadTenant('owing'))?.shredAfterEpochSeconds).toBeDefined();
    harness.clock.advanceSeconds(7 * DAY);
    await harness.sweep();
    expect(await loadTenant('owing')).toBeUndefined();
  });

  it('lets nobody in who was on his way: not by confirming, not without confirmation, not with a new key', async () => {
    const key = await harness.makeTenant('closing');
    const waiting = await comeBack(harness, { user_id: 'waiting' }, { userId: grace.id }, key);
    await setConfirmation(harness.edges, 'closing', false);
    const atDiscord = await goToDiscord(harness, { user_id: 'on-the-way' }, { userId: linus.id }, key);
    const tenant = await loadTenant('closing');
    if (tenant === undefined) throw new Error('no tenant');
    await beginDeletion(openEdges(harness), tenant);

    const returned = await harness.wire.returnFromDiscord(atDiscord.callbackUrl, atDiscord.jar);
    expectPage(returned, 404, /<h1>(.*)<\/h1>/.exec(returned.text)?.[1] ?? '');
    const session = await harness.wire.createSession(key, { user_id: 'new', return_url: 'http://localhost:9/back' });
    expect(session.status).toBe(401);
    expect(await createApiKey(harness.edges, 'closing', 'late')).toMatchObject({ ok: false });
    expect(await setConfirmation(harness.edges, 'closing', true)).toMatchObject({ ok: false });
    harness.clock.advanceSeconds(61);
    await harness.sweep();
    expect((await waiting.confirm()).status).toBe(401);
    expect(await countLiveTokens(harness, linus.id)).toBe(1);
    expect((await belongingTo('closing')).filter(({ sk }) => sk === 'CONNECTION')).toEqual([]);
  });

  it('first gets rid of tokens that a broken-off confirmation has left, while its data key opens them', async () => {
    const key = await harness.makeTenant('half-way');
    const { confirm } = await comeBack(harness, { user_id: 'half' }, { userId: noor.id }, key);
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'CONNECTION#',
      error: 'AccessDeniedException',
      times: 4,
    });
    expect((await confirm()).status).toBe(503);
    expect(await countLiveTokens(harness, noor.id)).toBe(1);

    expect(await remove('half-way')).toMatchObject({ step: { step: 'keys_deleted' } });
    expect(await countLiveTokens(harness, noor.id)).toBe(0);
  });

  it.each([
    ['the tenant was marked', 'deletingSinceEpochSeconds = if_not_exists', 'UpdateItem', 'after'],
    ['the keys were refused', 'SET revokedAtEpochSeconds', 'UpdateItem', 'after'],
    ['the data key was deleted', 'DATAKEY#', 'DeleteItem', 'after'],
    ['it was to be noted', 'shredAfterEpochSeconds = if_not_exists', 'UpdateItem', 'before'],
  ] as const)('is deleted all the same when the command dies when %s', async (what, match, operation, after) => {
    const tenantId = what.replaceAll(' ', '-');
    const key = await harness.makeTenant(tenantId);
    await connectUser(harness, { key, user: 'ada' });
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation,
      match,
      error: 'AccessDeniedException',
      after,
      times: 1,
    });

    await expect(remove(tenantId)).rejects.toThrow(OutageError);
    harness.clock.advanceSeconds(61);
    for (let run = 0; run < 3; run += 1) {
      await harness.sweep();
      harness.clock.advanceSeconds(61);
    }
    expect(await listDataKeys(tenantId)).toEqual([]);
    expect((await loadTenant(tenantId))?.shredAfterEpochSeconds).toBeDefined();
    harness.clock.advanceSeconds(7 * DAY);
    await harness.sweep();
    expect(await belongingTo(tenantId)).toEqual([]);
  });
});
