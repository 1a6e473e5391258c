import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { revokeApiKey } from '../../shared/app/operate-tenants.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { sendBytes, sendRaw } from '../support/raw-request.ts';
import type { JsonAnswer } from '../support/wire.ts';

const UNKNOWN_CONNECTION = `con_${'A'.repeat(22)}`;

describe('callers of actions', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  let ada: ConnectedUser;
  beforeAll(async () => {
    discord = watchDiscord(harness.simulator);
    ada = await connectUser(harness);
  });
  beforeEach(() => discord.clear());

  const callWith = (authorization: string | undefined, path = ada.path()): Promise<JsonAnswer> =>
    harness.wire.send('GET', path, authorization === undefined ? {} : { headers: { authorization } });

  it('refuses a call without a key and says how to authenticate', async () => {
    const answer = await callWith(undefined);

    expect([answer.status, answer.json.code]).toEqual([401, 'caller_missing']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(await discord.all()).toEqual([]);
  });

  it('accepts the scheme in any case (RFC 9110 §11.1) [hostile 19]', async () => {
    for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
      expect((await callWith(`${scheme} ${harness.key}`)).status).toBe(200);
    }
  });

  it.each([
    ['another scheme', (key: string) => `Basic ${key}`],
    ['a bot scheme', (key: string) => `Bot ${key}`],
    ['no scheme', (key: string) => key],
    ['no token', () => 'Bearer'],
    ['two tokens', (key: string) => `Bearer ${key} ${key}`],
    ['a joined second token', (key: string) => `Bearer ${key},Bearer ${key}`],
    ['quotes', (key: string) => `Bearer "${key}"`],
    ['a percent-encoded newline', (key: string) => `Bearer ${key}%0A`],
  ])('refuses %s as malformed', async (_, build) => {
    const answer = await callWith(build(harness.key));

    expect([answer.status, answer.json.code]).toEqual([401, 'caller_malformed']);
    expect(answer.text).not.toContain(harness.key);
    expect(await discord.all()).toEqual([]);
  });

  it('refuses two Authorization headers, whichever of them is right [hostile 19]', async () => {
    const right = `Bearer ${harness.key}`;
    for (const authorization of [
      [right, right],
      [right, 'Bearer x'],
      ['Bearer x', right],
    ]) {
      const answer = await sendRaw(harness.origin, 'GET', ada.path(), { authorization });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([401, 'caller_malformed']);
    }
    expect(await discord.all()).toEqual([]);
  });

  it('does not look for a key in the query or in another header [hostile 19]', async () => {
    for (const name of ['key', 'api_key', 'access_token', 'authorization']) {
      const answer = await callWith(undefined, `${ada.path()}?${name}=${harness.key}`);
      expect([answer.status, answer.json.code]).toEqual([401, 'caller_missing']);
    }
    const answer = await harness.wire.send('GET', ada.path(), {
      headers: { 'x-api-key': harness.key, cookie: `authorization=${harness.key}` },
    });
    expect([answer.status, answer.json.code]).toEqual([401, 'caller_missing']);
    expect(await discord.all()).toEqual([]);
  });

  it('refuses a line break after the key [hostile 19]', async () => {
    const { host } = new URL(harness.origin);
    const send = (end: string): Promise<number> =>
      sendBytes(
        harness.origin,
        `GET ${ada.path()} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAuthorization: Bearer ${harness.key}${end}\r\n\r\n`,
      );

    expect(await send('')).toBe(200);
    for (const end of ['\r', '\n x', '\r\n x', '\0']) expect([400, 401]).toContain(await send(end));
  });

  it('answers an unknown key id and a wrong secret alike, after the same work [hostile 18]', async () => {
    const keyId = harness.key.slice(0, 'dik_0123456789abcdef'.length);
    const wrongSecret = `${keyId}_${'A'.repeat(43)}`;
    const unknownId = `dik_${'0'.repeat(16)}_${'A'.repeat(43)}`;
    const { requests } = harness.stack.aws;
    const answers = [];
    for (const key of [wrongSecret, unknownId]) {
      requests.clear();
      const answer = await callWith(`Bearer ${key}`);
      const { instance, ...body } = answer.json;
      answers.push({ status: answer.status, body, reads: requests.counts() });
      expect(instance).toMatch(/^urn:request:/);
    }

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'caller_unknown' } });
    expect(answers[0]?.reads).toEqual({ 'dynamodb.BatchGetItem': 1 });
    expect(await discord.all()).toEqual([]);
  });

  it.each([
    ['a key of another length', (key: string) => `${key}A`],
    ['a shortened key', (key: string) => key.slice(0, -1)],
    ['another prefix', (key: string) => key.replace('dik_', 'dit_')],
    ['an upper-case key id', (key: string) => key.slice(0, 20).toUpperCase() + key.slice(20)],
  ])('takes %s for unknown', async (_, change) => {
    const answer = await callWith(`Bearer ${change(harness.key)}`);

    expect([answer.status, answer.json.code]).toEqual([401, 'caller_unknown']);
  });

  it('refuses a revoked key from the next call on, also on warm functions [hostile 20]', async () => {
    const key = await harness.makeKey('default');
    expect((await callWith(`Bearer ${key}`)).status).toBe(200);

    await revokeApiKey(harness.edges, key.slice(4, 20));
    const refused = await callWith(`Bearer ${key}`);

    expect([refused.status, refused.json.code]).toEqual([401, 'caller_unknown']);
    expect((await callWith(`Bearer ${harness.key}`)).status).toBe(200);
  });

  it("answers another tenant's connection exactly like an unknown one [hostile 21]", async () => {
    const foreignKey = await harness.makeTenant('stranger');
    const call = async (connectionId: string) => {
      const path = `/connections/${connectionId}/api/v10/users/@me`;
      const answer = await callWith(`Bearer ${foreignKey}`, path);
      const { instance: _, ...body } = answer.json;
      const { date, 'apigw-requestid': id, 'x-request-id': ours, ...headers } = answer.headers;
      return { status: answer.status, body, headers };
    };
    const foreign = await call(ada.connectionId);

    expect(foreign).toMatchObject({ status: 404, body: { code: 'connection_not_found' } });
    expect(await call(UNKNOWN_CONNECTION)).toEqual(foreign);
    expect(await call('con_short')).toEqual(foreign);
    expect(await call('not-a-connection')).toEqual(foreign);
    expect(await discord.all()).toEqual([]);
  });

  it("says nothing about a foreign connection's state or scopes [hostile 21]", async () => {
    const foreignKey = await harness.makeTenant('curious');
    const closed = await connectUser(harness, { user: 'linus', scopes: ['identify'] });
    await harness.wire.send('DELETE', `/connections/${closed.connectionId}`, { key: harness.key });
    for (const path of ['/users/@me', '/users/@me/connections', '/users/@me/nothing', '/users//']) {
      const answer = await closed.call(path, { key: foreignKey });
      expect([answer.status, answer.json.code]).toEqual([404, 'connection_not_found']);
    }
  });
});
