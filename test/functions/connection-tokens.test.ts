import { catalogue } from '../../shared/catalogue/index.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { revokeApiKey } from '../../shared/app/operate-tenants.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { askForToken, makeLimitedKey, makeToken } from '../support/made-credentials.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { expectProblem, withoutRequestId } from './connect-expectations.ts';

const harness = useHarness();
let discord: DiscordRequests;
let ada: ConnectedUser;
let linus: ConnectedUser;

beforeAll(async () => {
  discord = watchDiscord(harness.simulator);
  ada = await connectUser(harness);
  linus = await connectUser(harness, { user: 'linus' });
});
beforeEach(() => discord.clear());

const revoke = (id: string, { connectionId } = ada, key = harness.key): Promise<JsonAnswer> =>
  harness.wire.send('DELETE', `/connections/${connectionId}/tokens/${id}`, { key });

const loadToken = (id: string) => openStoredItems(harness).load(`TOKEN#${id}`, 'TOKEN');

async function expectUnknown(answer: Promise<JsonAnswer>): Promise<void> {
  const { status, json } = await answer;
  expect([status, json.code]).toEqual([401, 'caller_unknown']);
}

describe('POST /connections/{id}/tokens', () => {
  it('gives a bearer for an hour that may do what the key may, with and without a body', async () => {
    for (const body of [undefined, {}]) {
      const answer = await askForToken(harness, ada.connectionId, body);

      expect(answer.status).toBe(201);
      expect(answer.json).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        token: `dct_${answer.json.id}_${harness.key.split('_')[1] ?? ''}_${answer.json.token.slice(-43)}`,
        expires_at: new Date(harness.clock.nowEpochMs() + 3_600_000).toISOString().replace('.000Z', 'Z'),
        actions: catalogue.map(({ id }) => id),
      });
      expect(answer.headers['cache-control']).toBe('no-store');
      expect((await ada.call('/users/@me', { key: answer.json.token })).status).toBe(200);
    }
  });

  it('keeps the limits and the life that are asked for', async () => {
    const body = {
      actions: ['user_guild_member.read', 'user.read'],
      guild_ids: ['197038439483310086'],
      channel_ids: ['197038439483310201'],
      expires_in: 60,
    };
    const { json } = await askForToken(harness, ada.connectionId, body);

    const { expires_in: _, ...limits } = body;
    expect(json).toMatchObject(limits);
    expect(Date.parse(json.expires_at) - harness.clock.nowEpochMs()).toBe(60_000);
  });

  it('stores a hash and no token, and lets the table forget it at its end', async () => {
    const { id, token } = await makeToken(harness, ada.connectionId, { expires_in: 90 });
    const item = await loadToken(id);

    expect(item).toEqual({
      pk: `TOKEN#${id}`,
      sk: 'TOKEN',
      tokenId: id,
      connectionId: ada.connectionId,
      tenantId: 'default',
      keyId: harness.key.split('_')[1],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      createdAtEpochSeconds: harness.clock.nowEpochMs() / 1000,
      expiresAtEpochSeconds: harness.clock.nowEpochMs() / 1000 + 90,
    });
    expect(JSON.stringify(item)).not.toContain(token.slice(-43));
  });

  it.each<[string, unknown, string]>([
    ['an unknown action', { actions: ['user.read', 'user.delete'] }, '/actions/1'],
    ['a pattern in place of an action', { actions: ['*'] }, '/actions/0'],
    ['no action at all', { actions: [] }, '/actions'],
    ['an action twice', { actions: ['user.read', 'user.read'] }, '/actions'],
    ['actions as text', { actions: 'user.read' }, '/actions'],
    ['actions as an object', { actions: { length: 1, 0: 'user.read' } }, '/actions'],
    ['a name of Object.prototype', { actions: ['constructor'] }, '/actions/0'],
    ['a guild as number', { guild_ids: [123456789012345] }, '/guild_ids/0'],
    ['a guild that is no id', { guild_ids: ['197038439483310086', '@me'] }, '/guild_ids/1'],
    ['no guild at all', { guild_ids: [] }, '/guild_ids'],
    ['no channel at all', { channel_ids: [] }, '/channel_ids'],
    [
      'too many channels',
      { channel_ids: Array.from({ length: 51 }, (_, n) => `1970384394833100${n + 10}`) },
      '/channel_ids',
    ],
    ['a life of less than a minute', { expires_in: 59 }, '/expires_in'],
    ['a life of more than an hour', { expires_in: 3601 }, '/expires_in'],
    ['half a second', { expires_in: 60.5 }, '/expires_in'],
    ['a life as text', { expires_in: '60' }, '/expires_in'],
    ['a life without end', { expires_in: null }, '/expires_in'],
    ['a field of another case', { guildIds: ['197038439483310086'] }, '/guildIds'],
  ])('refuses %s and says where', async (_what, body, pointer) => {
    const refused = await askForToken(harness, ada.connectionId, body);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('refuses a body that is no JSON', async () => {
    const path = `/connections/${ada.connectionId}/tokens`;
    const refused = await harness.wire.send('POST', path, { key: harness.key, body: 'expires_in=60' });

    expectProblem(refused, 415, 'input_media_type');
  });

  it('gives no token for a connection that cannot be used', async () => {
    const gone = await connectUser(harness, { user: 'grace' });
    await harness.wire.send('DELETE', `/connections/${gone.connectionId}`, { key: harness.key });

    expectProblem(await askForToken(harness, gone.connectionId), 409, 'connection_disconnected');
    await openStoredItems(harness).change(`CONNECTION#${gone.connectionId}`, 'CONNECTION', {
      status: 'reconnect_required',
      statusReason: 'grant_dead',
    });
    expectProblem(await askForToken(harness, gone.connectionId), 409, 'reconnect_required');
  });

  it("gives no token for another tenant's connection, and says no more than of an unknown one [hostile 21]", async () => {
    const foreignKey = await harness.makeTenant('token-taker');
    const ask = async (id: string, body?: unknown) =>
      withoutRequestId(await askForToken(harness, id, body, foreignKey));
    const foreign = await ask(ada.connectionId);

    expect(foreign).toMatchObject({ status: 404 });
    expect(await ask('con_0123456789012345678901')).toEqual(foreign);
    expect(await ask('con_short')).toEqual(foreign);
    expect(await ask(ada.connectionId, { actions: ['nonsense'] })).toEqual(foreign);
  });

  it('makes no second token when the answer of the table is lost', async () => {
    const lost = { service: 'dynamodb', operation: 'PutItem', match: 'TOKEN#', drop: true, after: 'after' } as const;
    harness.stack.aws.faults.add({ ...lost, times: 1 });
    const { token } = await makeToken(harness, ada.connectionId);

    expect((await ada.call('/users/@me', { key: token })).status).toBe(200);
  });
});

describe('a connection token', () => {
  it('runs actions of its connection and costs one read for token, key and connection', async () => {
    const { token } = await makeToken(harness, ada.connectionId);
    await ada.call('/users/@me', { key: token });
    harness.stack.aws.requests.clear();
    const answer = await ada.call('/users/@me', { key: token });

    expect([answer.status, answer.json.id]).toEqual([200, ada.discordUserId]);
    expect(harness.stack.aws.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 1 });
  });

  it('is told in the log by its id, with its key and tenant', async () => {
    const { id, token } = await makeToken(harness, ada.connectionId);
    harness.log.entries.length = 0;
    await ada.call('/users/@me', { key: token });

    expect(harness.log.entries.find(({ event }) => event === 'request')).toMatchObject({
      token_id: id,
      key_id: harness.key.split('_')[1],
      tenant: 'default',
      connection_id: ada.connectionId,
    });
  });

  it('finds no connection but its own, as if there were none [hostile 21]', async () => {
    const { token } = await makeToken(harness, ada.connectionId);
    const otherTenant = await connectUser(harness, { key: await harness.makeTenant('neighbour') });
    const call = async (connectionId: string) =>
      withoutRequestId(
        await harness.wire.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key: token }),
      );
    await discord.clear();
    const unknown = await call('con_0123456789012345678901');

    expect(unknown).toMatchObject({ status: 404 });
    expect(JSON.stringify(unknown)).toContain('connection_not_found');
    for (const id of [linus.connectionId, otherTenant.connectionId, 'con_short']) {
      expect(await call(id)).toEqual(unknown);
    }
    expect(await discord.all()).toEqual([]);
  });

  it('ends when its time is over, although the table still has it [hostile 38]', async () => {
    const { id, token } = await makeToken(harness, ada.connectionId, { expires_in: 60 });
    harness.clock.advanceSeconds(59);
    expect((await ada.call('/users/@me', { key: token })).status).toBe(200);
    harness.clock.advanceSeconds(1);

    await expectUnknown(ada.call('/users/@me', { key: token }));
    expect(await loadToken(id)).toBeDefined();
  });

  it('ends with the key that made it, and lives no longer than the key does', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    const first = await makeToken(harness, ada.connectionId, undefined, key);
    expect((await ada.call('/users/@me', { key: first.token })).status).toBe(200);
    await revokeApiKey(harness.edges, keyId);
    await expectUnknown(ada.call('/users/@me', { key: first.token }));

    const brief = await makeLimitedKey(harness, { lifeSeconds: 120 });
    const { json } = await askForToken(harness, ada.connectionId, { expires_in: 3600 }, brief.key);
    expect(Date.parse(json.expires_at) - harness.clock.nowEpochMs()).toBe(120_000);
    harness.clock.advanceSeconds(120);
    await openStoredItems(harness).change(`TOKEN#${json.id}`, 'TOKEN', { expiresAtEpochSeconds: 9e9 });
    await expectUnknown(ada.call('/users/@me', { key: json.token }));
  });

  it('ends with a key that is gone from the table', async () => {
    const { key, keyId } = await makeLimitedKey(harness);
    const { token } = await makeToken(harness, ada.connectionId, undefined, key);
    await openStoredItems(harness).remove(`APIKEY#${keyId}`, 'APIKEY');

    await expectUnknown(ada.call('/users/@me', { key: token }));
  });

  it('does not come back to life when its user disconnects and connects again', async () => {
    const user = await connectUser(harness, { user: 'mina' });
    const { token } = await makeToken(harness, user.connectionId);
    const { user_id } = await user.load();
    harness.clock.advanceSeconds(1);
    await harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });
    expect((await user.call('/users/@me', { key: token })).json.code).toBe('connection_disconnected');

    harness.clock.advanceSeconds(1);
    const input = { user_id, return_url: 'http://localhost:9/back' };
    const again = await harness.wire.connect(harness.key, input, { userId: user.discordUserId });
    expect(again).toMatchObject({ id: user.connectionId, status: 'active' });
    await expectUnknown(user.call('/users/@me', { key: token }));
    const fresh = await makeToken(harness, user.connectionId);
    expect((await user.call('/users/@me', { key: fresh.token })).status).toBe(200);
  });

  it('goes on when its user allows more scopes in between', async () => {
    const user = await connectUser(harness, { user: 'noor' });
    const { token } = await makeToken(harness, user.connectionId);
    const { user_id } = await user.load();
    harness.clock.advanceSeconds(5);
    const input = { user_id, return_url: 'http://localhost:9/back', scopes: ['identify', 'connections'] };
    await harness.wire.connect(harness.key, input, { userId: user.discordUserId });

    expect((await user.call('/users/@me/connections', { key: token })).status).toBe(200);
  });

  it.each<[string, (token: string) => string]>([
    ['another secret', (token) => `${token.slice(0, -43)}${'A'.repeat(43)}`],
    ['another token id', (token) => token.replace(/_[0-9a-f]{16}_/, `_${'0'.repeat(16)}_`)],
    ['a lost end', (token) => token.slice(0, -1)],
    ['an upper-case id', (token) => token.slice(0, 20).toUpperCase() + token.slice(20)],
  ])('is unknown with %s, after the same one read [hostile 18]', async (_what, change) => {
    const { token } = await makeToken(harness, ada.connectionId);
    const reference = withoutRequestId(
      await ada.call('/users/@me', { key: `dik_${'0'.repeat(16)}_${'A'.repeat(43)}` }),
    );
    harness.stack.aws.requests.clear();
    const refused = await ada.call('/users/@me', { key: change(token) });

    expect(withoutRequestId(refused)).toEqual(reference);
    expect(harness.stack.aws.requests.count('dynamodb')).toBeLessThanOrEqual(1);
    expect(await discord.all()).toEqual([]);
  });

  it('is unknown with the id of another key of its tenant', async () => {
    const other = await harness.makeKey('default');
    const { token } = await makeToken(harness, ada.connectionId);
    const [, tokenId, , ...secret] = token.split('_');

    const moved = ['dct', tokenId, other.split('_')[1], ...secret].join('_');
    await expectUnknown(ada.call('/users/@me', { key: moved }));
  });
});

describe('DELETE /connections/{id}/tokens/{token_id}', () => {
  it('ends a token with the next call, also on warm functions, and may be repeated [hostile 20]', async () => {
    const { id, token } = await makeToken(harness, ada.connectionId);
    const other = await makeToken(harness, ada.connectionId);
    expect((await ada.call('/users/@me', { key: token })).status).toBe(200);

    const answer = await revoke(id);
    expect([answer.status, answer.text]).toEqual([204, '']);
    await expectUnknown(ada.call('/users/@me', { key: token }));
    expect((await revoke(id)).status).toBe(204);
    expect((await ada.call('/users/@me', { key: other.token })).status).toBe(200);
  });

  it('finds no token of another connection, none that never was, and no token by itself', async () => {
    const { id, token } = await makeToken(harness, ada.connectionId);

    for (const refused of [
      await revoke(id, linus),
      await revoke('0123456789abcdef'),
      await revoke(token),
      await revoke('%2525'),
    ]) {
      expectProblem(refused, 404, 'connection_token_not_found');
      expect(refused.text).not.toContain(token);
    }
    expect(await openStoredItems(harness).load('TOKEN#0123456789abcdef', 'TOKEN')).toBeUndefined();
    expect((await ada.call('/users/@me', { key: token })).status).toBe(200);
  });

  it("touches no token of another tenant's connection [hostile 21]", async () => {
    const foreignKey = await harness.makeTenant('token-ender');
    const { id, token } = await makeToken(harness, ada.connectionId);
    const foreign = await revoke(id, ada, foreignKey);

    expectProblem(foreign, 404, 'connection_not_found');
    expect(withoutRequestId(await revoke('0123456789abcdef', ada, foreignKey))).toEqual(withoutRequestId(foreign));
    expect((await ada.call('/users/@me', { key: token })).status).toBe(200);
  });

  it('is possible with every key of the tenant, so that whoever notices a theft can act', async () => {
    const { id, token } = await makeToken(harness, ada.connectionId);

    expect((await revoke(id, ada, await harness.makeKey('default'))).status).toBe(204);
    await expectUnknown(ada.call('/users/@me', { key: token }));
  });
});

describe('the audit trail of connection tokens', () => {
  it('says who made and revoked them, with which limits, and never the token', async () => {
    const body = { actions: ['user.read'], guild_ids: ['197038439483310086'], expires_in: 300 };
    const { id, token } = await makeToken(harness, ada.connectionId, body);
    await revoke(id);
    const records = (await harness.scanTable()).filter(
      ({ pk, details }) => pk === 'AUDIT#default' && (details as { tokenId?: string } | undefined)?.tokenId === id,
    );

    const actor = { kind: 'api_key', id: harness.key.split('_')[1] };
    expect(records.toSorted((a, b) => (String(a['sk']) < String(b['sk']) ? -1 : 1))).toEqual([
      expect.objectContaining({
        type: 'connection_token_created',
        actor,
        connectionId: ada.connectionId,
        details: { tokenId: id, actions: ['user.read'], guildIds: ['197038439483310086'], expiresInSeconds: 300 },
      }),
      expect.objectContaining({ type: 'connection_token_revoked', actor, details: { tokenId: id } }),
    ]);
    expect(JSON.stringify(records)).not.toContain(token.slice(-43));
  });
});
