import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectUser } from '../support/connected-user.ts';
import { TOKEN_PATH, watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { openStoredItems } from '../support/stored-items.ts';

const DAY = 86_400;
const UNTIL_DUE = 6.5 * DAY;
const UNTIL_EXPIRED = 7 * DAY + 1;

describe('refreshes at the same time', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  beforeAll(() => {
    discord = watchDiscord(harness.simulator);
  });
  afterEach(() => {
    harness.log.entries.length = 0;
  });

  const connectAndWait = async (seconds = UNTIL_DUE) => {
    const user = await connectUser(harness, { user: 'solo' });
    harness.clock.advanceSeconds(seconds);
    await discord.clear();
    return user;
  };

  const waitUntilHeld = () =>
    vi.waitFor(async () => {
      const { items } = await harness.simulator.control.listFaults();
      expect(items.some(({ held }) => held > 0)).toBe(true);
    });

  const countLiveTokens = async (discordUserId: string): Promise<number> => {
    const { items } = await harness.simulator.control.listAuthorizations();
    return items.find(({ user_id }) => user_id === discordUserId)?.live_refresh_tokens ?? 0;
  };

  /** Leaves the connection as a holder does who dies: with his lease in it. */
  const plantLease = (connectionId: string, untilEpochMs: number) =>
    openStoredItems(harness).change(`CONNECTION#${connectionId}`, 'CONNECTION', {
      refreshLease: { owner: 'a holder that died', untilEpochMs },
    });

  const loadItem = (connectionId: string) => openStoredItems(harness).load(`CONNECTION#${connectionId}`, 'CONNECTION');

  it.each([
    ['100 calls while the old token works', UNTIL_DUE, 100],
    // Here everybody waits, in one process and with pauses cut short; more of them are in test/processes.
    ['40 calls after it has expired', UNTIL_EXPIRED, 40],
  ])('are one, however many calls there are: %s [hostile 10]', async (_, seconds, length) => {
    const user = await connectAndWait(seconds);
    const answers = await Promise.all(Array.from({ length }, () => user.call()));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await discord.refreshes()).toBe(1);
    expect(await loadItem(user.connectionId)).toMatchObject({ status: 'active', tokensVersion: 2 });
    expect(await loadItem(user.connectionId)).not.toHaveProperty('refreshLease');
  });

  it('make nobody wait who has a token that works', async () => {
    const user = await connectAndWait();
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'before' } });
    const refreshing = user.call();
    await waitUntilHeld();

    expect((await user.call()).status).toBe(200);
    expect(await loadItem(user.connectionId)).toHaveProperty('refreshLease');
    await harness.simulator.control.releaseFaults({});
    expect((await refreshing).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
  });

  it('tell who waited in vain that one is under way', async () => {
    const user = await connectAndWait(UNTIL_EXPIRED);
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'before' } });
    const refreshing = user.call();
    await waitUntilHeld();
    const waited = await user.call();

    expect([waited.status, waited.json.code, waited.headers['retry-after']]).toEqual([503, 'refresh_in_progress', '1']);
    await harness.simulator.control.releaseFaults({});
    expect((await refreshing).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
  });

  it('give way to the next one when the holder has died', async () => {
    const user = await connectAndWait(UNTIL_EXPIRED);
    await plantLease(user.connectionId, harness.clock.nowEpochMs() - 1);

    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
    expect(harness.log.entries.filter(({ event }) => event === 'outage')).toEqual([]);
  });

  it('let the pair of a holder that was only slow win over a mark that its successor had set [hostile 11]', async () => {
    const user = await connectAndWait(UNTIL_EXPIRED);
    // The first has its answer, which lies still until its time is over and another has met the spent token.
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'after' } });
    const slow = user.call();
    await waitUntilHeld();
    harness.clock.advanceSeconds(30);
    const successor = await user.call();

    expect(successor.json).toMatchObject({ code: 'reconnect_required', status_reason: 'refresh_answer_lost' });
    await harness.simulator.control.releaseFaults({});
    await slow;
    const after = await user.load();
    expect(after).toMatchObject({ status: 'active' });
    expect(after).not.toHaveProperty('status_reason');
    expect((await user.call()).status).toBe(200);
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2 });
  });

  it('never write an older pair over a newer one [hostile 11]', async () => {
    const user = await connectAndWait(UNTIL_EXPIRED);
    // The first one's request lies still before Discord sees it; its successor's is the one that counts.
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'before' } });
    const slow = user.call();
    await waitUntilHeld();
    harness.clock.advanceSeconds(30);
    expect((await user.call()).status).toBe(200);
    const newer = await loadItem(user.connectionId);
    await harness.simulator.control.releaseFaults({});
    await slow;

    expect(await loadItem(user.connectionId)).toEqual(newer);
    expect((await user.call()).status).toBe(200);
  });

  it('that outlast a disconnect leave their pair to the sweep, not to nobody', async () => {
    const user = await connectUser(harness, { user: 'noor' });
    harness.clock.advanceSeconds(UNTIL_EXPIRED);
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'after' } });
    const slow = user.call();
    await waitUntilHeld();
    // By its own time the holder is dead, so that the disconnect does not wait for it.
    harness.clock.advanceSeconds(30);
    await harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });
    await harness.simulator.control.releaseFaults({});
    await slow;

    expect(await loadItem(user.connectionId)).toMatchObject({ status: 'disconnected', isRevocationOwed: true });
    expect(await countLiveTokens(user.discordUserId)).toBeGreaterThan(0);
    harness.clock.advanceSeconds(61);
    await harness.sweep();
    expect(await countLiveTokens(user.discordUserId)).toBe(0);
    expect(await loadItem(user.connectionId)).not.toHaveProperty('sealedTokens');
  });

  it('spare a call that met a 401 with an older token the spent refresh token', async () => {
    const user = await connectAndWait(0);
    await harness.simulator.control.addFault({ path: '/api/v10/users/@me', fault: { kind: 'hold', phase: 'before' } });
    const late = user.call();
    await waitUntilHeld();
    await harness.simulator.control.expireAccessTokens({ user_id: user.discordUserId });
    expect((await user.call()).status).toBe(200);
    await harness.simulator.control.releaseFaults({});

    expect((await late).status).toBe(200);
    // Calls: the late one twice, the quick one twice; the one refresh is the quick one's.
    expect([await discord.calls(), await discord.refreshes()]).toEqual([4, 1]);
  });

  it('leave a connection disconnected, and no token in nobody’s hands', async () => {
    // Alone with its authorization: the user's other connections would keep it from being revoked.
    const user = await connectUser(harness, { user: 'noor' });
    harness.clock.advanceSeconds(UNTIL_DUE);
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'after' } });
    const call = user.call();
    await waitUntilHeld();
    const closing = harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });
    // The disconnect waits for the refresh, whose pair is the one that must be revoked.
    await vi.waitFor(async () => expect(await user.load()).toMatchObject({ status: 'disconnected' }));
    await harness.simulator.control.releaseFaults({});

    expect((await closing).status).toBe(200);
    expect((await call).json.code).toBe('connection_disconnected');
    await vi.waitFor(async () => expect(await countLiveTokens(user.discordUserId)).toBe(0));
    const stored = await loadItem(user.connectionId);
    expect(stored).toMatchObject({ status: 'disconnected' });
    for (const gone of ['sealedTokens', 'isRevocationOwed', 'refreshLease']) expect(stored).not.toHaveProperty(gone);
    // The refresh wrote a to-do of its own, with which nothing is left to do.
    harness.clock.advanceSeconds(61);
    await harness.sweep();
    expect((await harness.scanTable()).filter(({ pk }) => pk === 'TODO#REVOKE')).toEqual([]);
  });
});
