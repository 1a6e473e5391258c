import { beforeEach, describe, expect, it } from 'vitest';
import { runSweep } from '../../shared/app/sweep/run-sweep.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { cutOffAfter, NO_HURRY, openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { countLiveTokens, countRevocations } from './connect-expectations.ts';

const REVOKE_PATH = '/api/oauth2/token/revoke';
const MINUTE = 60;
const HOUR = 60 * MINUTE;

describe('revocations that are owed', () => {
  const harness = useHarness();
  beforeEach(async () => {
    harness.clock.advanceSeconds(HOUR);
    await harness.sweep();
    await harness.simulator.control.clearRequests();
    harness.log.entries.length = 0;
  });
  const refuse = (times: number | null, fault: object = { kind: 'answer', status: 500 }) =>
    harness.simulator.control.addFault({ path: REVOKE_PATH, times, fault: fault as never });
  const disconnect = (user: ConnectedUser) =>
    harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });
  const loadTodo = (user: ConnectedUser) => openStoredItems(harness).load('TODO#REVOKE', user.connectionId);
  const loadItem = (user: ConnectedUser) =>
    openStoredItems(harness).load(`CONNECTION#${user.connectionId}`, 'CONNECTION');
  const nowSeconds = () => Math.floor(harness.clock.nowEpochMs() / 1000);

  /** Disconnected users of different Discord accounts, whose revocation Discord has refused. */
  const owe = async (...names: ('ada' | 'grace' | 'linus' | 'mina' | 'noor')[]) => {
    const users: ConnectedUser[] = [];
    for (const user of names) users.push(await connectUser(harness, { user }));
    await refuse(names.length);
    for (const user of users) expect((await disconnect(user)).status).toBe(502);
    await harness.simulator.control.clearRequests();
    return users;
  };

  it('are made up for once their time has come, not while the one who owes them may still be at it', async () => {
    const [user] = await owe('ada');
    if (user === undefined) throw new Error('nobody');

    expect(await harness.sweep()).toMatchObject({ revocationsDone: 0, revocationsOwed: 1 });
    expect(await countRevocations(harness)).toBe(0);
    harness.clock.advanceSeconds(MINUTE + 1);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 1, revocationsOwed: 0, isBehind: false });

    expect(await countLiveTokens(harness, user.discordUserId)).toBe(0);
    expect(await loadTodo(user)).toBeUndefined();
    const item = await loadItem(user);
    expect(item).toMatchObject({ status: 'disconnected', webhooks: [] });
    for (const gone of ['sealedTokens', 'isRevocationOwed', 'grantMember']) expect(item).not.toHaveProperty(gone);
  });

  it('are tried again after a minute, five, thirty and then every hour, for as long as Discord is down', async () => {
    const [user] = await owe('grace');
    if (user === undefined) throw new Error('nobody');
    await refuse(null);
    const delays: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) {
      const { notBeforeEpochSeconds } = (await loadTodo(user)) ?? {};
      harness.clock.advanceSeconds(Number(notBeforeEpochSeconds) - nowSeconds());
      expect(await harness.sweep()).toMatchObject({ revocationsDone: 0, revocationsOwed: 1 });
      // Whoever comes by at once asks nobody.
      await harness.sweep();
      delays.push(Number((await loadTodo(user))?.['notBeforeEpochSeconds']) - nowSeconds());
    }

    expect(await countRevocations(harness)).toBe(11);
    expect(delays.map((seconds) => seconds / MINUTE)).toEqual([1, 1, 1, 1, 5, 5, 5, 5, 5, 30, 30]);
    await harness.simulator.control.clearFaults();
    harness.clock.advanceSeconds(HOUR);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 1, revocationsOwed: 0 });
    expect(await countLiveTokens(harness, user.discordUserId)).toBe(0);
  });

  it('wait as long as Discord says, and the others with them', async () => {
    const users = await owe('ada', 'linus');
    harness.clock.advanceSeconds(MINUTE + 1);
    await refuse(1, { kind: 'rate_limit', retry_after_seconds: 600 });

    expect(await harness.sweep()).toMatchObject({ revocationsDone: 0, revocationsOwed: 2 });
    expect(await countRevocations(harness)).toBe(1);
    const waits = await Promise.all(
      users.map(async (user) => Number((await loadTodo(user))?.['notBeforeEpochSeconds']) - nowSeconds()),
    );
    expect(waits.toSorted((a, b) => b - a)[0]).toBe(600);
    harness.clock.advanceSeconds(600);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 2, revocationsOwed: 0 });
  });

  it('go on in the same run after a short 429', async () => {
    await owe('ada', 'linus');
    harness.clock.advanceSeconds(MINUTE + 1);
    await refuse(2, { kind: 'rate_limit', retry_after_seconds: 0.5 });

    expect(await harness.sweep()).toMatchObject({ revocationsDone: 2, revocationsOwed: 0 });
    expect(await countRevocations(harness)).toBe(4);
  });

  it('are not asked for one after another while Discord is down: three time-outs are enough', async () => {
    await owe('ada', 'linus', 'mina', 'grace');
    harness.clock.advanceSeconds(MINUTE + 1);
    await refuse(3, { kind: 'drop', phase: 'before' });

    expect(await harness.sweep()).toMatchObject({ revocationsDone: 0, revocationsOwed: 4 });
    expect(await countRevocations(harness)).toBe(3);
    harness.clock.advanceSeconds(10 * MINUTE);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 4, revocationsOwed: 0 });
  });

  it('wait together when Discord rejects the credentials: one request, and none for the others', async () => {
    await owe('ada', 'linus', 'mina');
    harness.clock.advanceSeconds(MINUTE + 1);
    const { client_secret } = await harness.simulator.control.resetClientSecret({});

    expect(await harness.sweep()).toMatchObject({ revocationsDone: 0, revocationsOwed: 3 });
    expect(await countRevocations(harness)).toBe(1);
    await enterSecret(client_secret);
    harness.clock.advanceSeconds(10 * MINUTE);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 3, revocationsOwed: 0 });
  });

  it('are each asked for once by two sweeps at once', async () => {
    await owe('ada', 'linus', 'mina', 'grace');
    harness.clock.advanceSeconds(MINUTE + 1);

    const reports = await Promise.all([
      runSweep(openEdges(harness), NO_HURRY),
      runSweep(openEdges(harness), NO_HURRY),
      harness.sweep(),
    ]);
    expect(reports.reduce((sum, { revocationsDone }) => sum + revocationsDone, 0)).toBe(4);
    expect(await countRevocations(harness)).toBe(4);
  });

  it('are taken up again after a sweep that died between Discord and the table', async () => {
    const [user] = await owe('ada');
    if (user === undefined) throw new Error('nobody');
    harness.clock.advanceSeconds(MINUTE + 1);
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: `CONNECTION#${user.connectionId}`,
      error: 'AccessDeniedException',
      times: 1,
    });

    await expect(harness.sweep()).rejects.toMatchObject({ name: 'SweepFailedError' });
    expect(await loadItem(user)).toMatchObject({ isRevocationOwed: true });
    harness.clock.advanceSeconds(10 * MINUTE);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 1, revocationsOwed: 0 });
    expect(await loadItem(user)).not.toHaveProperty('sealedTokens');
  });

  it('are begun only while there is time; the next run goes on with the rest', async () => {
    await owe('ada', 'linus', 'mina');
    harness.clock.advanceSeconds(MINUTE + 1);
    const cut = await runSweep(openEdges(harness), cutOffAfter(4));

    expect(cut.revocationsDone).toBeLessThan(3);
    expect(await countRevocations(harness)).toBe(cut.revocationsDone);
    expect(await runSweep(openEdges(harness), cutOffAfter(0))).toMatchObject({ revocationsDone: 0, isBehind: false });
    harness.clock.advanceSeconds(2 * HOUR);
    expect(await runSweep(openEdges(harness), cutOffAfter(0))).toMatchObject({ revocationsDone: 0, isBehind: true });
    expect(await harness.sweep()).toMatchObject({ revocationsOwed: 0, isBehind: false });
  });

  it.each([
    ['that was never closed', 'kept'],
    ['that is gone', 'gone'],
  ])('of a connection %s are forgotten without harm', async (_what, fate) => {
    const user = await connectUser(harness, { user: 'ada' });
    const items = openStoredItems(harness);
    const notBeforeEpochSeconds = nowSeconds();
    const todo = {
      kind: 'REVOKE',
      id: user.connectionId,
      claimId: 'died',
      sinceEpochSeconds: 1,
      notBeforeEpochSeconds,
    };
    await items.put({ pk: 'TODO#REVOKE', sk: user.connectionId, ...todo });
    if (fate === 'gone') await items.remove(`CONNECTION#${user.connectionId}`, 'CONNECTION');

    expect(await harness.sweep()).toMatchObject({ revocationsDone: 1, revocationsOwed: 0 });
    expect(await loadTodo(user)).toBeUndefined();
    expect(await countRevocations(harness)).toBe(0);
    expect((await user.call()).status).toBe(fate === 'gone' ? 404 : 200);
  });

  it('are found by the look at all connections when their to-do was lost', async () => {
    const [user] = await owe('noor');
    if (user === undefined) throw new Error('nobody');
    await openStoredItems(harness).remove('TODO#REVOKE', user.connectionId);
    harness.clock.advanceSeconds(24 * HOUR);
    await harness.sweep();

    expect(await loadTodo(user)).toMatchObject({ kind: 'REVOKE' });
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 1, revocationsOwed: 0 });
    expect(await countLiveTokens(harness, user.discordUserId)).toBe(0);
  });

  const enterSecret = async (secret: string): Promise<void> => {
    const { secretWriter, gate } = harness.edges;
    const stored = await secretWriter.load();
    if (stored === undefined) throw new Error('no credentials');
    await secretWriter.save({ ...stored, clientSecret: new Secret(secret) });
    await gate.recover(harness.clock.nowEpochMs());
  };
});
