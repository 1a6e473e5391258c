import { beforeAll, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { rotateTenantKey } from '../../shared/app/rotate-tenant-key.ts';
import { deleteTenant } from '../../shared/app/tenant-deletion/delete-tenant.ts';
import { connectUser } from '../support/connected-user.ts';
import { openStoredItems, type StoredItems } from '../support/stored-items.ts';
import { NO_HURRY } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { comeBack, countLiveTokens, grace, noor } from './connect-expectations.ts';

const DAY = 86_400;

/** The function as it is deployed, with no more than its own role allows, made to do each kind of its work. */
describe('the sweep of a deployed installation', () => {
  const harness = useHarness({ functions: 'sandboxes' });
  let items: StoredItems;
  beforeAll(() => {
    items = openStoredItems(harness);
  });
  const nowSeconds = Math.floor(Date.now() / 1000);
  const refuseRevocation = () =>
    harness.simulator.control.addFault({ path: '/api/oauth2/token/revoke', fault: { kind: 'answer', status: 500 } });

  const refuseConnection = () =>
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'CONNECTION#',
      error: 'AccessDeniedException',
      times: 4,
    });

  it('revokes, settles, expires, recovers, seals anew, deletes old keys and shreds tenants under its own role', async () => {
    const { edges, wire } = harness;
    // A revocation that is owed.
    const owed = await connectUser(harness, { user: 'ada' });
    await refuseRevocation();
    expect((await wire.send('DELETE', `/connections/${owed.connectionId}`, { key: harness.key })).status).toBe(502);
    await items.change('TODO#REVOKE', owed.connectionId, { notBeforeEpochSeconds: nowSeconds });
    // A confirmation that was broken off.
    const { confirm, sessionId } = await comeBack(harness, { user_id: 'broken-off' }, { userId: grace.id });
    refuseConnection();
    expect((await confirm()).status).toBe(503);
    await items.change('TODO#ANSWER', sessionId, { notBeforeEpochSeconds: nowSeconds });
    await items.change(`SESSION#${sessionId}`, 'SESSION', { claimedUntilEpochMs: 0 });
    // A connection that nobody uses, and one under an old data key.
    const key = await harness.makeTenant('swept');
    const idle = await connectUser(harness, { key, user: 'linus' });
    await items.change(`CONNECTION#${idle.connectionId}`, 'CONNECTION', {
      tokenExpiresAtEpochSeconds: nowSeconds - 2 * DAY,
    });
    expect((await changeIntegration(edges, { idleExpiryDays: 1 })).ok).toBe(true);
    const { keyId: oldKeyId } = (await edges.dataKeys.loadCurrent('swept')) ?? { keyId: '' };
    await edges.dataKeys.rotate('swept', oldKeyId);
    // A key that was retired long ago.
    const keptKey = await harness.makeTenant('kept');
    const spilled = await connectUser(harness, { key: keptKey, user: 'mina' });
    const { keyId: retired } = (await edges.dataKeys.loadCurrent('kept')) ?? { keyId: '' };
    await rotateTenantKey(edges, 'kept', () => undefined);
    await items.change('TENANT#kept', `DATAKEY#${retired}`, { retiredAtEpochSeconds: nowSeconds - 9 * DAY });
    // A rotated pair in the second place.
    const [pk, sk] = [`CONNECTION#${spilled.connectionId}`, 'CONNECTION'];
    await items.change(pk, sk, { tokenExpiresAtEpochSeconds: nowSeconds - 1 });
    refuseConnection();
    expect((await spilled.call('/users/@me', { key: keptKey })).status).toBe(200);
    expect(await items.load(pk, sk)).toMatchObject({ tokensVersion: 1, refreshLease: {} });
    await items.change(pk, sk, { refreshLease: { owner: 'over', untilEpochMs: 0 } });
    // One tenant whose deletion has just begun, and one whose window has passed.
    const deletingKey = await harness.makeTenant('deleting');
    await connectUser(harness, { key: deletingKey, user: 'solo' });
    await edges.tenants.beginDeletion('deleting', nowSeconds - 100);
    await makeShreddable();
    await edges.sweepStates.wantPass();

    const first = await harness.sweep();

    expect(first).toMatchObject({
      revocationsDone: 1,
      answersSettled: 1,
      answersLeft: 0,
      idleDisconnected: 1,
      resealed: 1,
      spillsRecovered: 1,
      dataKeysDeleted: 1,
      shredded: 1,
      isPassComplete: true,
    });
    expect(await countLiveTokens(harness, owed.discordUserId)).toBe(0);
    expect(await countLiveTokens(harness, grace.id)).toBe(0);
    expect((await edges.dataKeys.list('kept')).map(({ keyId }) => keyId)).not.toContain(retired);
    expect(await edges.tenants.load('shreddable')).toBeUndefined();
    for (const { id } of (await edges.todos.list('REVOKE', { limit: 100 })).todos) {
      await items.change('TODO#REVOKE', id, { notBeforeEpochSeconds: nowSeconds });
    }
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 2, revocationsOwed: 0 });
    expect((await edges.tenants.load('deleting'))?.shredAfterEpochSeconds).toBeDefined();
    expect(harness.lines.filter((line) => line.startsWith('[iam]'))).toEqual([]);
    expect(harness.lines.filter((line) => line.includes('audit_unwritten'))).toEqual([]);
  });

  const makeShreddable = async () => {
    const key = await harness.makeTenant('shreddable');
    await connectUser(harness, { key, user: 'noor' });
    await harness.edges.tenants.beginDeletion('shreddable', nowSeconds - 100);
    const tenant = await harness.edges.tenants.load('shreddable');
    if (tenant === undefined) throw new Error('no tenant');
    const silent = { onClosed: () => undefined, onRevoked: () => undefined, onWait: () => undefined };
    const { step } = await deleteTenant(harness.edges, tenant, NO_HURRY, silent);
    expect(step.step).toBe('keys_deleted');
    await items.change('TENANT#shreddable', 'TENANT', { shredAfterEpochSeconds: nowSeconds - 1 });
    expect(await countLiveTokens(harness, noor.id)).toBe(0);
  };
});
