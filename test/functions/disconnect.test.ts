import { describe, expect, it } from 'vitest';
import { openEdges } from '../support/sweep-edges.ts';
import { useHarness } from '../support/use-harness.ts';
import {
  ada,
  comeBack,
  countLiveTokens,
  countRevocations,
  expectProblem,
  grace,
  linus,
  mina,
  noor,
  solo,
  withoutRequestId,
} from './connect-expectations.ts';

const harness = useHarness();

const REVOKE = '/api/oauth2/token/revoke';

const connect = async (user_id: string, discordUserId: string, key = harness.key): Promise<string> => {
  const { confirm } = await comeBack(harness, { user_id }, { userId: discordUserId }, key);
  return (await confirm()).json.id as string;
};

const disconnect = (id: string, key = harness.key) => harness.wire.send('DELETE', `/connections/${id}`, { key });

const read = (path: string) => harness.wire.send('GET', `/connections/${path}`, { key: harness.key });

describe('DELETE /connections/{id}', () => {
  it('revokes at Discord with the last connection of a Discord user, not before, across tenants', async () => {
    const otherKey = await harness.makeTenant('disconnect-sharing');
    const first = await connect('first', ada.id);
    const second = await connect('second', ada.id);
    const third = await connect('first', ada.id, otherKey);

    expect((await disconnect(first)).json).toMatchObject({
      id: first,
      status: 'disconnected',
      status_reason: 'disconnected_by_app',
    });
    expect((await disconnect(third, otherKey)).status).toBe(200);
    expect(await countRevocations(harness)).toBe(0);
    expect((await read(`${second}/api/v10/users/@me`)).status).toBe(200);
    expect((await disconnect(second)).status).toBe(200);
    expect(await countRevocations(harness)).toBe(1);
    expect(await countLiveTokens(harness, ada.id)).toBe(0);
  });

  it('stops every action at once and forgets tokens and webhooks, but not that the connection was there', async () => {
    const { confirm } = await comeBack(
      harness,
      { user_id: 'hook', scopes: ['webhook.incoming'] },
      { userId: grace.id, channelId: '613425648685547700' },
    );
    const { id } = (await confirm()).json;
    await disconnect(id);

    expectDisconnected(await read(`${id}/api/v10/users/@me`));
    const item = (await harness.scanTable()).find((found) => found['id'] === id);
    expect(item).toMatchObject({ status: 'disconnected', webhooks: [] });
    expect(item).not.toHaveProperty('sealedTokens');
    expect(item).not.toHaveProperty('isRevocationOwed');
    expect((await read(id)).json).toMatchObject({ status: 'disconnected', discord_user: { id: grace.id } });
  });

  it('may be repeated, also five times at once', async () => {
    const id = await connect('repeated', ada.id);
    const before = await countRevocations(harness);

    const answers = await Promise.all(Array.from({ length: 5 }, () => disconnect(id)));
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    for (const { status, json } of answers)
      expect([200, 'connection_changed']).toContain(status === 200 ? 200 : json.code);
    const sent = await countRevocations(harness);
    expect(sent).toBeGreaterThan(before);
    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected' });
    expect(await countRevocations(harness)).toBe(sent);
    expect(await countLiveTokens(harness, ada.id)).toBe(0);
  });

  it.each([
    ['500', { kind: 'answer', status: 500 }, 502, 'discord_unavailable'],
    ['429', { kind: 'rate_limit', retry_after_seconds: 3 }, 429, 'discord_rate_limited'],
    ['HTML', { kind: 'answer', status: 403, body: '<html>' }, 502, 'discord_answer_unreadable'],
  ] as const)(
    'owes the revocation that Discord answers with %s, and a repetition pays it [hostile 37]',
    async (what, fault, status, code) => {
      const id = await connect(`owed ${what}`, ada.id);
      await harness.simulator.control.addFault({ path: REVOKE, fault });

      expectProblem(await disconnect(id), status, code);
      expect((await read(id)).json.status).toBe('disconnected');
      expectDisconnected(await read(`${id}/api/v10/users/@me`));
      expect(await countLiveTokens(harness, ada.id)).toBe(1);
      expect((await disconnect(id)).status).toBe(200);
      expect(await countLiveTokens(harness, ada.id)).toBe(0);
    },
  );

  it('makes a confirmation wait that comes while a revocation is owed, and leaves none of its tokens alive', async () => {
    const id = await connect('leaving', linus.id);
    await harness.simulator.control.addFault({ path: REVOKE, fault: { kind: 'drop', phase: 'before' } });
    await disconnect(id);
    const { confirm } = await comeBack(harness, { user_id: 'arriving' }, { userId: linus.id });

    const refused = await confirm();
    expectProblem(refused, 409, 'disconnect_in_progress');
    expect(refused.headers['retry-after']).toBe('30');
    expect(await countLiveTokens(harness, linus.id)).toBe(0);
    expect((await disconnect(id)).status).toBe(200);
    expect(await connect('arriving', linus.id)).toMatch(/^con_/);
  });

  it('does not keep a user out for ever whose revocation never ended', async () => {
    const id = await connect('stuck', mina.id);
    await harness.simulator.control.addFault({ path: REVOKE, fault: { kind: 'answer', status: 500 } });
    await disconnect(id);
    harness.clock.advanceSeconds(301);

    expect(await connect('stuck', mina.id)).toBe(id);
    expect((await read(`${id}/api/v10/users/@me`)).status).toBe(200);
  });

  it('does not count what a confirmation that died left in the grant, once it is old enough to be over', async () => {
    const [staying, leaving] = [await connect('staying', solo.id), await connect('leaving', solo.id)];
    const { clientId } = harness.simulator.application;
    const nowEpochSeconds = Math.trunc(harness.clock.nowEpochMs() / 1_000);
    await openEdges(harness).grants.add(clientId, solo.id, `con_dead:00000000:${nowEpochSeconds}`, nowEpochSeconds);
    const before = await countRevocations(harness);

    await disconnect(staying);
    harness.clock.advanceSeconds(121);
    await disconnect(leaving);
    expect(await countRevocations(harness)).toBe(before + 1);
    expect(await countLiveTokens(harness, solo.id)).toBe(0);
  });

  it('keeps id and age when the user connects again afterwards', async () => {
    const id = await connect('returning', solo.id);
    const { created_at } = (await read(id)).json;
    await disconnect(id);
    harness.clock.advanceSeconds(60);

    expect(await connect('returning', solo.id)).toBe(id);
    const again = (await read(id)).json;
    expect(again).toMatchObject({ status: 'active', created_at });
    expect(again).not.toHaveProperty('status_reason');
    expect((await disconnect(id)).status).toBe(200);
    expect(await countLiveTokens(harness, solo.id)).toBe(0);
  });

  it('succeeds when the user has removed the application himself', async () => {
    const id = await connect('removed', noor.id);
    await harness.simulator.control.revokeAuthorization({ user_id: noor.id });

    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected' });
  });

  it('answers a foreign, an unknown and an impossible connection alike, on reading and disconnecting [hostile 21]', async () => {
    const otherKey = await harness.makeTenant('disconnect-foreign');
    const id = await connect('mine', ada.id);
    const foreign = await disconnect(id, otherKey);

    expectProblem(foreign, 404, 'connection_not_found');
    const read404 = await harness.wire.send('GET', `/connections/${id}`, { key: otherKey });
    expect(withoutRequestId(read404)).toEqual(withoutRequestId(foreign));
    for (const unknown of ['con_0123456789012345678901', 'con_short', '%00', 'a%40evil']) {
      expect(withoutRequestId(await disconnect(unknown, otherKey))).toEqual(withoutRequestId(foreign));
    }
    expect((await read(id)).json.status).toBe('active');
    expectProblem(await harness.wire.send('DELETE', `/connections/${id}`), 401, 'caller_missing');
  });

  it.each([
    ['the key service', { service: 'kms', error: 'AccessDeniedException' }, 'key_service_unavailable'],
    ['the secret', { service: 'secretsManager', error: 'AccessDeniedException' }, 'secret_unavailable'],
    [
      'the storage of the grant',
      { service: 'dynamodb', match: 'DELETE members', error: 'AccessDeniedException' },
      'storage_unavailable',
    ],
  ] as const)('is finished by a repetition when %s was down [hostile 38]', async (what, fault, code) => {
    const id = await connect(`outage of ${what}`, ada.id);
    const others = (await harness.wire.send('GET', '/connections', { key: harness.key })).json.items.filter(
      (item: { id: string; status: string; discord_user: { id: string } }) =>
        item.discord_user.id === ada.id && item.id !== id && item.status === 'active',
    );
    for (const other of others) await disconnect(other.id);
    harness.coldStart();
    harness.stack.aws.faults.add({ ...fault, times: 1 });

    expectProblem(await disconnect(id), 503, code);
    expectDisconnected(await read(`${id}/api/v10/users/@me`));
    expect((await disconnect(id)).status).toBe(200);
    expect(await countLiveTokens(harness, ada.id)).toBe(0);
  });

  it('recognizes its own writes when their answers were lost', async () => {
    const id = await connect('lost answers', ada.id);
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: id,
      drop: true,
      after: 'after',
      times: 1,
    });

    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected' });
    expect(await countLiveTokens(harness, ada.id)).toBe(0);
  });
});

function expectDisconnected(answer: Awaited<ReturnType<typeof read>>): void {
  expect([answer.status, answer.json.code]).toEqual([409, 'connection_disconnected']);
}
