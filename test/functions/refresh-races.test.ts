import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectUser } from '../support/connected-user.ts';
import { TOKEN_PATH, watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { openStoredItems } from '../support/stored-items.ts';

const DAY = 86_400;
const UNTIL_DUE = 6.5 * DAY;

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

  it('never declare a connection dead, however many there are', async () => {
    const user = await connectAndWait();
    await Promise.all(Array.from({ length: 10 }, () => user.call()));

    expect(await user.load()).toMatchObject({ status: 'active' });
    await discord.clear();
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(0);
  });

  it('share the pair of the one that came first', async () => {
    const user = await connectAndWait();
    // The second is rejected, and learns it only after the first has saved.
    await harness.simulator.control.addFault({ path: TOKEN_PATH, skip: 1, fault: { kind: 'hold', phase: 'after' } });
    const calls = [user.call(), user.call()];
    await waitUntilHeld();
    await vi.waitFor(async () => {
      const stored = await openStoredItems(harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');
      expect(stored?.['tokensVersion']).toBe(2);
    });
    await harness.simulator.control.releaseFaults({});
    const answers = await Promise.all(calls);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(2);
    expect(await user.load()).toMatchObject({ status: 'active' });
  });

  it('let the saved pair win over a mark that a slower look had set', async () => {
    const user = await connectAndWait();
    // The winner's save lies still until the loser has given the connection up.
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      delayMs: 100,
      times: 1,
    });
    const answers = await Promise.all([user.call(), user.call()]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(harness.log.entries).toContainEqual(
      expect.objectContaining({ event: 'reconnect_required', reason: 'grant_dead', is_marked: true }),
    );
    const after = await user.load();
    expect(after).toMatchObject({ status: 'active' });
    expect(after).not.toHaveProperty('status_reason');
    expect((await user.call()).status).toBe(200);
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
    const close = () => harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });
    const call = user.call();
    await waitUntilHeld();
    await close();
    await harness.simulator.control.releaseFaults({});

    expect((await call).json.code).toBe('connection_disconnected');
    expect(await user.load()).toMatchObject({ status: 'disconnected' });
    // Discord was told to revoke a token that was spent by then: the new one is kept until it is revoked too.
    expect(await countLiveTokens(user.discordUserId)).toBeGreaterThan(0);
    await close();
    expect(await countLiveTokens(user.discordUserId)).toBe(0);
    const stored = await openStoredItems(harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');
    expect(stored).not.toHaveProperty('sealedTokens');
    expect(stored).not.toHaveProperty('isRevocationOwed');
  });
});
