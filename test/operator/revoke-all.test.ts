import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStoredItems } from '../support/stored-items.ts';
import { openEdges } from '../support/sweep-edges.ts';
import { connectUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';
import { countLiveTokens, countRevocations } from '../functions/connect-expectations.ts';
import { openCommandLine, type CommandLine } from './command-line.ts';

const REVOKE_PATH = '/api/oauth2/token/revoke';

describe('revoke-all', () => {
  const harness = useHarness();
  let operator: CommandLine;
  let otherKey: string;
  beforeAll(async () => {
    operator = openCommandLine(harness);
    otherKey = await harness.makeTenant('other');
  });
  afterAll(() => operator.close());
  beforeEach(async () => {
    harness.clock.advanceSeconds(3_600);
    await operator.run('revoke-all', '--yes');
    await harness.simulator.control.clearRequests();
    harness.clock.advanceSeconds(3_600);
  });
  /** Three of `default` with two Discord accounts, one of the other tenant. */
  const connectFour = async () => [
    await connectUser(harness, { user: 'ada' }),
    await connectUser(harness, { user: 'ada' }),
    await connectUser(harness, { user: 'grace' }),
    await connectUser(harness, { key: otherKey, user: 'linus' }),
  ];

  it('says without --yes what it would do, does nothing, and fails, so that no script takes it for done', async () => {
    const users = await connectFour();
    const all = await operator.runJson('revoke-all');
    const one = await operator.run('revoke-all', '--tenant', 'other');

    expect([all.code, all.json]).toEqual([1, { open: 4, owed: 0, done: false }]);
    expect(one.code).toBe(1);
    expect(one.stdout).toBe(
      'Connections of tenant other to disconnect: 1; to revoke at Discord: 1. Nothing was done; to do it:\n' +
        'npm run operator -- revoke-all --tenant other --yes\n',
    );
    expect((await users[0]?.call())?.status).toBe(200);
    expect(await countRevocations(harness)).toBe(0);
  });

  it('ends every connection of every tenant and revokes each authorization once, with progress and a record', async () => {
    const users = await connectFour();
    const run = await operator.run('revoke-all', '--yes');

    expect([run.code, run.stdout]).toEqual([0, 'Connections closed: 4; revoked at Discord: 4.\n']);
    for (const line of ['closed 1/4', 'closed 4/4', 'asked Discord 1/4', 'asked Discord 4/4']) {
      expect(run.stderr).toContain(`${line}\n`);
    }
    expect(await countRevocations(harness)).toBe(3);
    for (const { discordUserId } of users) expect(await countLiveTokens(harness, discordUserId)).toBe(0);
    expect(await users[0]?.load()).toMatchObject({ status: 'disconnected', status_reason: 'revoked_by_operator' });
    const { records = [] } =
      (await openEdges(harness).auditRecords.listByTenant('other', { limit: 100, isNewestFirst: true })) ?? {};
    expect(records.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['revoke_all_started', 'connection_disconnected', 'connection_revoked']),
    );
    expect((await operator.runJson('revoke-all', '--yes')).json).toMatchObject({ closed: 0, revoked: 0, owed: 0 });
  });

  it('leaves the other tenants alone when one is named, and refuses one that is not there', async () => {
    const [ada, , , linus] = await connectFour();
    expect((await operator.runJson('revoke-all', '--tenant', 'other', '--yes')).json).toEqual({
      closed: 1,
      revoked: 1,
      owed: 0,
      failed: 0,
      done: true,
    });

    expect((await ada?.call())?.status).toBe(200);
    expect((await linus?.call('/users/@me', { key: otherKey }))?.status).toBe(409);
    const unknown = await operator.run('revoke-all', '--tenant', 'nobody', '--yes');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('there is no tenant nobody')]);
  });

  it('waits as long as Discord says and goes on', async () => {
    await connectFour();
    await harness.simulator.control.addFault({
      path: REVOKE_PATH,
      skip: 1,
      times: 2,
      fault: { kind: 'rate_limit', retry_after_seconds: 40 },
    });
    const run = await operator.run('revoke-all', '--yes');

    expect(run.code).toBe(0);
    expect(run.stderr.match(/Discord asks to wait: going on in 40 s/g)).toHaveLength(2);
    expect(await countRevocations(harness)).toBe(5);
  });

  it('closes everything although Discord is down, says what is owed, fails, and the sweep goes on with it', async () => {
    const users = await connectFour();
    await harness.simulator.control.addFault({ path: REVOKE_PATH, times: 3, fault: { kind: 'answer', status: 503 } });
    const run = await operator.run('revoke-all', '--yes');

    expect(run.code).toBe(1);
    expect(run.stdout).toContain('Connections closed: 4; revoked at Discord: 1.\nNot revoked at Discord yet: 3');
    expect(run.stdout).toContain('(discord_unavailable)');
    for (const user of users) {
      expect((await user.load())?.status ?? 'disconnected').toBe('disconnected');
    }
    expect((await operator.runJson('status')).json.revocations_owed).toBe(3);
    harness.clock.advanceSeconds(600);
    const swept = await operator.runJson('sweep');
    expect([swept.code, swept.json]).toEqual([
      0,
      expect.objectContaining({ revocations_done: 3, revocations_owed: 0 }),
    ]);
    for (const { discordUserId } of users) expect(await countLiveTokens(harness, discordUserId)).toBe(0);
  });

  it('goes on where it was broken off', async () => {
    await connectFour();
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'revoked_by_operator',
      error: 'AccessDeniedException',
      after: 'after',
      times: 1,
    });
    const broken = await operator.run('revoke-all', '--yes');

    expect([broken.code, broken.stdout]).toEqual([1, '']);
    const again = await operator.runJson('revoke-all', '--yes');
    expect([again.code, again.json]).toEqual([0, { closed: 3, revoked: 4, owed: 0, failed: 0, done: true }]);
    expect(await countRevocations(harness)).toBe(3);
  });

  it('lets those live who connect while it runs', async () => {
    const [, , grace] = await connectFour();
    const createdAtEpochSeconds = Math.floor(harness.clock.nowEpochMs() / 1000) + 1;
    await openStoredItems(harness).change(`CONNECTION#${grace?.connectionId ?? ''}`, 'CONNECTION', {
      createdAtEpochSeconds,
      connectedAtEpochSeconds: createdAtEpochSeconds,
    });

    expect((await operator.runJson('revoke-all', '--yes')).json).toMatchObject({ closed: 3, revoked: 3, failed: 0 });
    expect((await grace?.call())?.status).toBe(200);
  });
});

describe('disconnect', () => {
  const harness = useHarness();
  let operator: CommandLine;
  beforeAll(() => {
    operator = openCommandLine(harness);
  });
  afterAll(() => operator.close());

  it('ends one connection, and may be repeated', async () => {
    const user = await connectUser(harness, { user: 'ada' });
    const first = await operator.runJson('disconnect', user.connectionId);

    expect([first.code, first.json]).toEqual([
      0,
      {
        id: user.connectionId,
        tenant: 'default',
        status: 'disconnected',
        status_reason: 'disconnected_by_operator',
        owed: false,
      },
    ]);
    expect(await countLiveTokens(harness, user.discordUserId)).toBe(0);
    expect((await operator.run('disconnect', user.connectionId)).code).toBe(0);
    expect(await countRevocations(harness)).toBe(1);
  });

  it('says that Discord is still owed the revocation, and fails', async () => {
    const user = await connectUser(harness, { user: 'ada' });
    await harness.simulator.control.addFault({ path: REVOKE_PATH, fault: { kind: 'answer', status: 500 } });
    const run = await operator.run('disconnect', user.connectionId);

    expect(run.code).toBe(1);
    expect(run.stdout).toContain(
      `Connection ${user.connectionId} of tenant default is disconnected.\nNot revoked at Discord yet: 1`,
    );
    expect((await operator.run('disconnect', user.connectionId)).code).toBe(0);
  });

  it.each([
    ['con_0123456789012345678901', 'there is no connection'],
    ['dik_0123456789abcdef', 'a connection id is'],
  ])('refuses %s', async (id, detail) => {
    const run = await operator.run('disconnect', id);

    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining(detail)]);
  });
});
