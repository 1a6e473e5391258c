import { beforeEach, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { runSweep } from '../../shared/app/sweep/run-sweep.ts';
import { connectUser } from '../support/connected-user.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { cutOffAfter, NO_HURRY, openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { countLiveTokens } from './connect-expectations.ts';

const DAY = 86_400;

describe('the look at all connections', () => {
  const harness = useHarness();
  const items = () => openStoredItems(harness);
  const loadState = () => items().load('SWEEP#state', 'SWEEP');
  beforeEach(async () => {
    harness.clock.advanceSeconds(2 * DAY);
    await harness.sweep();
  });

  /** Copies of a real connection, which nobody owes anything, in a tenant of their own. */
  const copyConnections = async (tenantId: string, count: number) => {
    const user = await connectUser(harness, { user: 'ada' });
    const original = (await items().load(`CONNECTION#${user.connectionId}`, 'CONNECTION')) ?? {};
    const { sealedTokens: _sealed, grantMember: _member, ...bare } = original;
    for (let number = 0; number < count; number += 1) {
      const id = `con_${String(number).padStart(22, tenantId.slice(0, 1))}`;
      await items().put({
        ...bare,
        pk: `CONNECTION#${id}`,
        id,
        tenantId,
        status: 'disconnected',
        statusReason: 'disconnected_by_app',
        gsi1pk: `TENANT#${tenantId}#CONNECTIONS`,
        gsi1sk: `dQ#${id}`,
      });
    }
  };

  it('is had once in 24 hours, and earlier when it is asked for', async () => {
    const began = (await loadState())?.['lastPassBeganAtEpochSeconds'];
    expect(await harness.sweep()).toMatchObject({ connectionsSeen: 0, isPassComplete: true });
    expect((await loadState())?.['lastPassBeganAtEpochSeconds']).toBe(began);
    harness.clock.advanceSeconds(DAY - 1);
    await harness.sweep();
    expect((await loadState())?.['lastPassBeganAtEpochSeconds']).toBe(began);
    await harness.edges.sweepStates.wantPass();
    await harness.sweep();
    expect((await loadState())?.['lastPassBeganAtEpochSeconds']).toBe(Number(began) + DAY - 1);
    expect(await loadState()).not.toHaveProperty('isPassWanted');
  });

  it('goes on after the last whole page when a run is cut off', async () => {
    await harness.makeTenant('pages');
    await copyConnections('pages', 230);
    const others = (await harness.scanTable()).filter(({ sk }) => sk === 'CONNECTION').length - 230;
    await harness.edges.sweepStates.wantPass();
    // One look at the time for each connection and a few around them: this ends in the second page.
    const cut = await runSweep(openEdges(harness), cutOffAfter(160));

    expect(cut.isPassComplete).toBe(false);
    expect(cut.connectionsSeen).toBeGreaterThan(others + 100);
    expect(cut.connectionsSeen).toBeLessThan(others + 200);
    expect(await loadState()).toMatchObject({
      pass: { tenant: { tenantId: 'pages', isDone: false, cursor: expect.any(String) as string } },
    });
    expect(await harness.sweep()).toMatchObject({ connectionsSeen: 130, isPassComplete: true });
    expect(await loadState()).not.toHaveProperty('pass');
  });

  it('is begun by one of two sweeps at once, and goes on when the one that had it died', async () => {
    await harness.edges.sweepStates.wantPass();
    const claimed = await harness.edges.sweepStates.claimPatrol(
      'died',
      harness.clock.nowEpochMs(),
      harness.clock.nowEpochMs() + 240_000,
    );
    expect(claimed).toMatchObject({ isPassWanted: true });

    expect(await harness.sweep()).toMatchObject({ connectionsSeen: 0 });
    expect(await loadState()).toMatchObject({ isPassWanted: true, owner: 'died' });
    harness.clock.advanceSeconds(241);
    expect((await harness.sweep()).connectionsSeen).toBeGreaterThan(0);
    expect(await loadState()).not.toHaveProperty('owner');
    // Had it only been slow, it would not write any more.
    expect(await harness.edges.sweepStates.savePosition('died', { beganAtEpochSeconds: 1 })).toBe(false);
  });

  it('says that it is behind when no pass has come to an end for two days', async () => {
    const end = Number((await loadState())?.['lastPassEndedAtEpochSeconds']);
    harness.clock.advanceSeconds(2 * DAY);
    expect(await runSweep(openEdges(harness), cutOffAfter(0))).toMatchObject({ isBehind: false });
    harness.clock.advanceSeconds(1);
    expect(await runSweep(openEdges(harness), cutOffAfter(0))).toMatchObject({ isBehind: true });
    expect(await harness.sweep()).toMatchObject({ isBehind: false, isPassComplete: true });
    expect(Number((await loadState())?.['lastPassEndedAtEpochSeconds'])).toBeGreaterThan(end);
  });

  it('closes connections that nobody has used for longer than is set, revokes them, and leaves the others', async () => {
    const idle = await connectUser(harness, { user: 'linus' });
    const used = await connectUser(harness, { user: 'mina' });
    expect((await changeIntegration(harness.edges, { idleExpiryDays: 30 })).ok).toBe(true);
    const useUntil = async (days: number) => {
      for (let day = 0; day < days; day += 5) {
        harness.clock.advanceSeconds(5 * DAY);
        expect((await used.call()).status).toBe(200);
      }
    };
    // Seven days of token, thirty of grace: not yet.
    await useUntil(35);
    harness.clock.advanceSeconds(2 * DAY);
    expect(await harness.sweep()).toMatchObject({ idleDisconnected: expect.any(Number) as number });
    expect((await idle.load()).status).toBe('active');
    harness.clock.advanceSeconds(DAY + 1);
    await harness.sweep();

    expect(await idle.load()).toMatchObject({ status: 'disconnected', status_reason: 'idle_expired' });
    expect((await used.load()).status).toBe('active');
    const { records } = (await harness.edges.auditRecords.listByConnection(idle.connectionId, {
      limit: 1,
      isNewestFirst: true,
    })) ?? { records: [] };
    expect(records).toMatchObject([
      { type: 'connection_disconnected', actor: { kind: 'system' }, details: { reason: 'idle_expired' } },
    ]);
    harness.clock.advanceSeconds(61);
    await harness.sweep();
    expect(await countLiveTokens(harness, idle.discordUserId)).toBe(0);
    expect(await countLiveTokens(harness, used.discordUserId)).toBeGreaterThan(0);
    expect((await changeIntegration(harness.edges, { idleExpiryDays: 'off' })).ok).toBe(true);
  });

  it('lets one live that is used at the very moment in which it would be closed as idle', async () => {
    const user = await connectUser(harness, { user: 'noor' });
    await changeIntegration(harness.edges, { idleExpiryDays: 1 });
    harness.clock.advanceSeconds(8 * DAY + 1);
    const edges = openEdges(harness);
    let isUsed = false;
    // Between the look and the write that would close it.
    const todos: typeof edges.todos = {
      ...edges.todos,
      put: async (todo) => {
        await edges.todos.put(todo);
        if (todo.id !== user.connectionId || isUsed) return;
        isUsed = true;
        expect((await user.call()).status).toBe(200);
      },
    };
    await runSweep({ ...edges, todos }, NO_HURRY);
    await changeIntegration(harness.edges, { idleExpiryDays: 'off' });

    expect(isUsed).toBe(true);
    expect((await user.load()).status).toBe('active');
    expect((await user.call()).status).toBe(200);
  });
});
