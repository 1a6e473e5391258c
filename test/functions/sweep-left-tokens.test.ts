import { beforeEach, describe, expect, it } from 'vitest';
import { rotateTenantKey } from '../../shared/app/rotate-tenant-key.ts';
import { connectUser } from '../support/connected-user.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { comeBack, countLiveTokens, countTokenRequests, grace, linus } from './connect-expectations.ts';

const DAY = 86_400;
const HOUR = 3_600;

/** Our own retries; the SDK does not repeat this error. */
const WRITE_TRIES = 4;
const REFUSED = 'AccessDeniedException';

describe('tokens that were left where no call looks', () => {
  const harness = useHarness();
  const items = () => openStoredItems(harness);
  beforeEach(async () => {
    harness.clock.advanceSeconds(2 * DAY);
    await harness.sweep();
  });
  const refuseConnection = () =>
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'CONNECTION#',
      error: REFUSED,
      times: WRITE_TRIES,
    });

  describe('by a confirmation that was broken off after its exchange', () => {
    const breakOff = async (user_id: string, userId: string) => {
      const session = await comeBack(harness, { user_id }, { userId });
      refuseConnection();
      expect((await session.confirm()).status).toBe(503);
      expect(await countLiveTokens(harness, userId)).toBe(1);
      return session;
    };

    it('are left to the app for an hour and then revoked, and the session is closed', async () => {
      const { confirm, sessionId } = await breakOff('given-up', grace.id);
      harness.clock.advanceSeconds(HOUR - 1);
      expect(await harness.sweep()).toMatchObject({ answersSettled: 0, answersLeft: 1 });
      expect(await countLiveTokens(harness, grace.id)).toBe(1);
      harness.clock.advanceSeconds(1);
      expect(await harness.sweep()).toMatchObject({ answersSettled: 1, answersLeft: 0 });

      expect(await countLiveTokens(harness, grace.id)).toBe(0);
      const session = await items().load(`SESSION#${sessionId}`, 'SESSION');
      expect(session).toMatchObject({ status: 'failed' });
      expect(session).not.toHaveProperty('sealedAnswer');
      expect((await confirm()).status).toBe(404);
    });

    it('are tried again when Discord does not take them back, and are not the sweep’s when the app takes them up', async () => {
      await breakOff('down', grace.id);
      const { confirm } = await breakOff('taken-up', linus.id);
      expect((await confirm()).status).toBe(200);
      harness.clock.advanceSeconds(HOUR);
      await harness.simulator.control.addFault({
        path: '/api/oauth2/token/revoke',
        fault: { kind: 'answer', status: 500 },
      });

      expect(await harness.sweep()).toMatchObject({ answersSettled: 0, answersLeft: 1 });
      expect(await harness.sweep()).toMatchObject({ answersSettled: 0, answersLeft: 1 });
      harness.clock.advanceSeconds(HOUR);
      expect(await harness.sweep()).toMatchObject({ answersSettled: 1, answersLeft: 0 });
      expect(await countLiveTokens(harness, grace.id)).toBe(0);
      expect(await countLiveTokens(harness, linus.id)).toBe(1);
    });
  });

  it('in the second place are brought back without a call, so that no old data key is needed for them', async () => {
    const key = await harness.makeTenant('spilled');
    const user = await connectUser(harness, { key, user: 'mina' });
    harness.clock.advanceSeconds(6.5 * DAY);
    harness.coldStart();
    refuseConnection();
    expect((await user.call('/users/@me', { key })).status).toBe(200);
    const requests = await countTokenRequests(harness);
    const [pk, sk] = [`CONNECTION#${user.connectionId}`, 'CONNECTION'];
    expect(await items().load(pk, sk)).toMatchObject({ tokensVersion: 1, refreshLease: {} });

    // While the lease may still be somebody’s, it is left alone.
    await rotateTenantKey(openEdges(harness), 'spilled', () => undefined);
    expect(await harness.sweep()).toMatchObject({ spillsRecovered: 0, isPassComplete: true });
    harness.clock.advanceSeconds(60);
    await harness.edges.sweepStates.wantPass();
    expect(await harness.sweep()).toMatchObject({ spillsRecovered: 1 });
    const stored = await items().load(pk, sk);
    expect(stored).toMatchObject({ tokensVersion: 2, status: 'active' });
    expect(stored).not.toHaveProperty('refreshLease');
    expect(String(stored?.['sealedTokens']).split('.')[1]).toBe(
      (await items().load('TENANT#spilled', 'DATAKEY'))?.['keyId'],
    );
    expect(await countTokenRequests(harness)).toBe(requests);
    harness.coldStart();
    expect((await user.call('/users/@me', { key })).status).toBe(200);
  });
});
