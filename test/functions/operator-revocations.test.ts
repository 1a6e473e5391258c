import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { revokeStep } from '../../shared/app/revoke-in-steps.ts';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';
import { connectUser } from '../support/connected-user.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { cutOffAfter, NO_HURRY, openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import { countLiveTokens, countRevocations, expectProblem } from './connect-expectations.ts';

const REVOKE_PATH = '/api/oauth2/token/revoke';
const ALL = { confirm: 'revoke everything' };

const harness = useHarness();
let operator: OperatorClient;
let otherKey: string;
beforeAll(async () => {
  otherKey = await harness.makeTenant('other');
});
/** Nothing is left of the test before. */
beforeEach(async () => {
  operator = await signInOperator(harness);
  harness.clock.advanceSeconds(3_600);
  await revoke(ALL);
  await harness.sweep();
  harness.clock.advanceSeconds(3_600);
  await harness.simulator.control.clearRequests();
});

const revoke = (body: unknown) => operator.call('POST', '/operator/revocations', body);

/** Three of `default` with two Discord accounts, one of the other tenant. */
const connectFour = async () => [
  await connectUser(harness, { user: 'ada' }),
  await connectUser(harness, { user: 'ada' }),
  await connectUser(harness, { user: 'grace' }),
  await connectUser(harness, { key: otherKey, user: 'linus' }),
];

const listStarts = async (tenantId: string) => {
  const from = new Date(harness.clock.nowEpochMs() - 3_000_000).toISOString();
  return (await operator.call('GET', `/audit?tenant_id=${tenantId}&type=revoke_all_started&from=${from}`)).json.items;
};

describe('POST /operator/revocations', () => {
  it('ends every connection of every tenant and revokes each authorization once, with true numbers and a record', async () => {
    const users = await connectFour();
    const answer = await revoke(ALL);

    const now = new Date(harness.clock.nowEpochMs()).toISOString().replace('.000Z', 'Z');
    const done = { started_at: now, is_done: true, total: 4, closed: 4, revoked: 4, owed: 0, failed: 0 };
    expect([answer.status, answer.json]).toEqual([200, done]);
    expect(await countRevocations(harness)).toBe(3);
    for (const { discordUserId } of users) expect(await countLiveTokens(harness, discordUserId)).toBe(0);
    expect(await users[0]?.load()).toMatchObject({ status: 'disconnected', status_reason: 'revoked_by_operator' });
    for (const tenant of ['default', 'other']) {
      expect(await listStarts(tenant)).toEqual([
        expect.objectContaining({ actor: { kind: 'operator' }, details: { started_at: now } }),
      ]);
    }

    // Repeated under its beginning it does nothing, says the same and is not recorded again.
    harness.clock.advanceSeconds(5);
    expect((await revoke({ ...ALL, started_at: now })).json).toEqual(done);
    expect(await countRevocations(harness)).toBe(3);
    expect(await listStarts('default')).toHaveLength(1);
  });

  it('leaves the other tenants alone when one is named, whose id confirms it', async () => {
    const [ada, , , linus] = await connectFour();
    const answer = await revoke({ tenant_id: 'other', confirm: 'other' });

    expect(answer.json).toMatchObject({ is_done: true, total: 1, closed: 1, revoked: 1, owed: 0 });
    expect((await ada?.call())?.status).toBe(200);
    expect((await linus?.call('/users/@me', { key: otherKey }))?.status).toBe(409);
    expect(await listStarts('default')).toEqual([]);
  });

  it('closes everything although Discord is down, says what is owed and why, and the sweep goes on with it', async () => {
    const users = await connectFour();
    await harness.simulator.control.addFault({ path: REVOKE_PATH, times: 3, fault: { kind: 'answer', status: 503 } });
    const answer = await revoke(ALL);

    // The first of ada's two is revoked by leaving the authorization to the second.
    expect(answer.json).toMatchObject({
      is_done: true,
      total: 4,
      closed: 4,
      revoked: 1,
      owed: 3,
      refused_with: 'discord_unavailable',
    });
    for (const user of users) expect((await user.call()).status).not.toBe(200);
    harness.clock.advanceSeconds(600);
    expect(await harness.sweep()).toMatchObject({ revocationsDone: 3 });
    expect((await revoke({ ...ALL, started_at: answer.json.started_at })).json).toMatchObject({
      closed: 4,
      revoked: 4,
      owed: 0,
    });
  });

  it('does not wait when Discord says so: the next call goes on', async () => {
    await connectFour();
    await harness.simulator.control.addFault({
      path: REVOKE_PATH,
      skip: 1,
      times: 1,
      fault: { kind: 'rate_limit', retry_after_seconds: 40 },
    });
    const first = await revoke(ALL);

    expect(first.json).toMatchObject({ is_done: true, closed: 4, refused_with: 'discord_rate_limited' });
    expect(first.json.owed).toBeGreaterThan(0);
    expect(Number(first.json.revoked) + Number(first.json.owed)).toBe(4);
    expect((await revoke({ ...ALL, started_at: first.json.started_at })).json).toMatchObject({
      closed: 4,
      revoked: 4,
      owed: 0,
    });
  });

  it('lets those live who connect after it has begun', async () => {
    const [, , grace] = await connectFour();
    const started_at = new Date(harness.clock.nowEpochMs() - 60_000).toISOString();
    await openStoredItems(harness).change(`CONNECTION#${grace?.connectionId ?? ''}`, 'CONNECTION', {
      connectedAtEpochSeconds: toEpochSeconds(harness.clock.nowEpochMs()) - 59,
    });
    const earlier = toEpochSeconds(harness.clock.nowEpochMs()) - 120;
    for (const { pk } of (await harness.scanTable()).filter((item) => item['sk'] === 'CONNECTION')) {
      if (pk === `CONNECTION#${grace?.connectionId ?? ''}`) continue;
      await openStoredItems(harness).change(String(pk), 'CONNECTION', { connectedAtEpochSeconds: earlier });
    }

    expect((await revoke({ ...ALL, started_at })).json).toMatchObject({ is_done: true, total: 3, closed: 3 });
    expect((await grace?.call())?.status).toBe(200);
  });

  it.each([
    [{}, '/confirm', expect.any(String)],
    [{ confirm: 'yes' }, '/confirm', expect.stringContaining('must be exactly "revoke everything"')],
    [{ tenant_id: 'other', confirm: 'revoke everything' }, '/confirm', expect.stringContaining('exactly "other"')],
    [{ tenant_id: 'Other', confirm: 'Other' }, '/tenant_id', expect.stringContaining('must be a tenant id')],
    [{ ...ALL, started_at: 'now' }, '/started_at', expect.any(String)],
    [{ ...ALL, started_at: '2027-01-01T00:00:00Z' }, '/started_at', expect.stringContaining('last 24 hours')],
    [{ ...ALL, started_at: '2026-01-01T00:00:00Z' }, '/started_at', expect.stringContaining('last 24 hours')],
    [{ ...ALL, tenant: 'other' }, '/tenant', 'is not a known field'],
  ])('names what is wrong with %j and ends nothing', async (body, pointer, detail) => {
    const user = await connectUser(harness);
    const refused = await revoke(body);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors).toContainEqual({ pointer, detail });
    expect((await user.call()).status).toBe(200);
  });

  it('knows no other tenant, and nobody but operators', async () => {
    expectProblem(await revoke({ tenant_id: 'nobody', confirm: 'nobody' }), 404, 'tenant_not_found');
    expectProblem(
      await harness.wire.send('POST', '/operator/revocations', { key: harness.key, json: ALL }),
      403,
      'operator_only',
    );
  });
});

describe('revokeStep', () => {
  const TIMES = { untilClosingEndsMs: 5_000, untilCallEndsMs: 3_000 };

  it('is cut off by the time, says what is left, and counts the whole when it is taken up again', async () => {
    const users = await Promise.all(Array.from({ length: 12 }, () => connectUser(harness, { user: 'mina' })));
    const edges = openEdges(harness);
    const run = {
      tenantIds: ['default', 'other'],
      startedAtEpochSeconds: toEpochSeconds(harness.clock.nowEpochMs()),
      actor: { kind: 'operator' },
    } as const;
    // Time for the first ten, which are closed at once.
    const first = await revokeStep(edges, run, cutOffAfter(1), TIMES);

    expect(first).toMatchObject({ isDone: false, total: 12, closed: 10, revoked: 0, owed: 10, failed: 0 });
    const statuses = await Promise.all(users.map(async (user) => (await user.call()).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);

    const second = await revokeStep(edges, run, NO_HURRY, TIMES);
    expect(second).toEqual({ isDone: true, total: 12, closed: 12, revoked: 12, owed: 0, failed: 0 });
    expect(await listStarts('default')).toHaveLength(1);
  });

  it('is done only when a look through all lists has found nothing open', async () => {
    await connectUser(harness, { user: 'mina' });
    const edges = openEdges(harness);
    const startedAtEpochSeconds = toEpochSeconds(harness.clock.nowEpochMs());
    const run = { tenantIds: ['default', 'other'], startedAtEpochSeconds, actor: { kind: 'operator' } } as const;
    // One look before it closes, one behind each list: then the time is over.
    const first = await revokeStep(edges, run, cutOffAfter(3), TIMES);

    expect(first).toMatchObject({ isDone: false, total: 1, closed: 1 });
    expect(await revokeStep(edges, run, NO_HURRY, TIMES)).toMatchObject({ isDone: true, total: 1, closed: 1 });
  });
});
