import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';

const ALL_SCOPES = ['identify', 'email', 'guilds', 'guilds.members.read', 'connections'];

describe('actions', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  let ada: ConnectedUser;
  beforeAll(async () => {
    discord = watchDiscord(harness.simulator);
    ada = await connectUser(harness, { scopes: ALL_SCOPES });
  });
  beforeEach(() => discord.clear());

  /** Lets Discord answer the next profile read with these bytes. */
  const plantBody = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    harness.simulator.control.addFault({
      path: '/api/v10/users/@me',
      fault: { kind: 'answer', status: 200, headers, body },
    });

  it('reads profile, linked accounts, guilds and own member', async () => {
    const guild = SEED_GUILDS.compilers;
    const [profile, accounts, guilds, member] = [
      await ada.call('/users/@me'),
      await ada.call('/users/@me/connections'),
      await ada.call('/users/@me/guilds?with_counts=true'),
      await ada.call(`/users/@me/guilds/${guild.id}/member`),
    ];

    expect(profile.json).toMatchObject({ id: SEED_USERS.ada.id, email: 'ada@example.com', verified: true });
    expect(accounts.json).toHaveLength(3);
    expect(guilds.json.map(({ name }: { name: string }) => name)).toEqual(['Analytical Engine', guild.name]);
    expect(member.json).toMatchObject({ nick: 'Lady A', user: { id: SEED_USERS.ada.id } });
    expect(await discord.calls()).toBe(4);
  });

  it('relays names of every script and direction as they are [hostile 33]', async () => {
    const noor = await connectUser(harness, { user: 'noor' });
    const { json } = await noor.call();

    expect(json.global_name).toBe(SEED_USERS.noor.global_name);
    expect(json.email).toBe('noor+"quoted"@example.com');
  });

  it.each([
    ['ids as numbers beyond 2^53', '{"id":175928847299117063,"big":1e400,"small":-0.0,"exact":9007199254740993}'],
    ['white space and escapes', ' {\n\t"id" : "1",\r\n "name":"\\u0041\\/\\ud83d\\ude00" }\n '],
    ['repeated keys', '{"id":"1","id":"2","__proto__":{"x":1},"constructor":null}'],
    ['lone surrogates in escapes', '{"name":"\\ud800 \\udfff"}'],
    ['characters of four bytes, controls and line separators', '{"name":"👩‍🚀 \u2028\u2029\u202e\u200b\ufeff\u007f"}'],
    ['no object', ' "text" '],
    ['null', 'null'],
    ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('relays Discord’s JSON byte for byte: %s [hostile 30]', async (_, body) => {
    await plantBody(body);
    const answer = await ada.call();

    expect(answer.status).toBe(200);
    expect(answer.text).toBe(body);
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it('passes addresses in Discord’s answer on as data and fetches none of them [hostile 28]', async () => {
    const fields = {
      avatar: 'http://169.254.169.254/latest/meta-data/',
      banner: `${harness.simulator.baseUrl}/api/v10/users/@me/guilds`,
      url: 'file:///etc/passwd',
      webhook: { url: `${harness.origin}/connections` },
    };
    await plantBody(JSON.stringify(fields));
    const answer = await ada.call();

    expect(answer.json).toEqual(fields);
    expect(await discord.all()).toHaveLength(1);
  });

  it('passes the rate-limit headers on and no other header of Discord’s', async () => {
    const limits = {
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-reset': '1795521601.123',
      'x-ratelimit-reset-after': '0.964',
      'x-ratelimit-bucket': 'abcd1234',
    };
    await plantBody('{}', {
      'content-type': 'application/json; charset=utf-8',
      ...limits,
      'set-cookie': '__dcfduid=1; Path=/',
      server: 'cloudflare',
      'cf-ray': 'x',
      via: '1.1 google',
      'access-control-allow-origin': '*',
      'content-security-policy': 'frame-ancestors *',
      'cache-control': 'public',
      'x-request-id': 'theirs',
      location: 'https://evil.example',
    });
    const { headers, cookies } = await ada.call();

    expect(headers).toMatchObject({ ...limits, 'content-type': 'application/json; charset=utf-8' });
    expect(cookies).toEqual([]);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers['x-request-id']).not.toBe('theirs');
    for (const name of ['server', 'cf-ray', 'via', 'access-control-allow-origin', 'location']) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  it.each([
    ['/users/@me/guilds', ['guilds']],
    ['/users/@me/connections', ['connections']],
    [`/users/@me/guilds/${SEED_GUILDS.stars.id}/member`, ['guilds.members.read']],
  ])('names the scope that %s lacks, without asking Discord', async (path, missing) => {
    const mina = await connectUser(harness, { user: 'mina', scopes: ['identify'] });
    await discord.clear();
    const { status, json } = await mina.call(path);

    expect(status).toBe(403);
    expect(json).toMatchObject({ code: 'scope_missing', missing });
    expect(json.detail).toContain(missing[0]);
    expect(await discord.all()).toEqual([]);
  });

  it('names the scope also when only Discord knows that it is missing', async () => {
    await harness.simulator.control.addFault({
      path: '/api/v10/users/@me/guilds',
      fault: { kind: 'answer', status: 403, json: { code: 50026, message: 'Missing required OAuth2 scope' } },
    });
    const { status, json } = await ada.call('/users/@me/guilds');

    expect([status, json.code, json.missing]).toEqual([403, 'scope_missing', ['guilds']]);
  });

  it('refuses a disconnected connection and says what to do', async () => {
    const linus = await connectUser(harness, { user: 'linus' });
    await harness.wire.send('DELETE', `/connections/${linus.connectionId}`, { key: harness.key });
    await discord.clear();
    const { status, json } = await linus.call();

    expect([status, json.code]).toEqual([409, 'connection_disconnected']);
    expect(await discord.all()).toEqual([]);
  });

  it('meets a 401 with one refresh and one more call', async () => {
    const grace = await connectUser(harness, { user: 'grace' });
    await harness.simulator.control.expireAccessTokens({ user_id: grace.discordUserId });
    await discord.clear();
    const { status, json } = await grace.call();

    expect([status, json.id]).toEqual([200, grace.discordUserId]);
    expect([await discord.calls(), await discord.refreshes()]).toEqual([2, 1]);
    await discord.clear();
    expect((await grace.call()).status).toBe(200);
    expect([await discord.calls(), await discord.refreshes()]).toEqual([1, 0]);
  });

  it('takes a second 401 for the end: marks the connection and never asks again', async () => {
    const grace = await connectUser(harness, { user: 'grace' });
    await harness.simulator.control.addFault({
      path: '/api/v10/users/@me',
      times: 2,
      fault: { kind: 'answer', status: 401, json: { message: '401: Unauthorized', code: 0 } },
    });
    await discord.clear();
    const answers = [await grace.call(), await grace.call(), await grace.call('/users/@me/guilds')];

    for (const { status, json } of answers) {
      expect([status, json.code, json.status_reason]).toEqual([409, 'reconnect_required', 'token_rejected']);
    }
    expect([await discord.calls(), await discord.refreshes()]).toEqual([2, 1]);
    expect(await grace.load()).toMatchObject({ status: 'reconnect_required', status_reason: 'token_rejected' });
  });

  it('does not refresh again for a token that was refreshed in the same call', async () => {
    const grace = await connectUser(harness, { user: 'grace' });
    harness.clock.advanceSeconds(6.9 * 86_400);
    await harness.simulator.control.addFault({
      path: '/api/v10/users/@me',
      fault: { kind: 'answer', status: 401, json: { message: '401: Unauthorized', code: 0 } },
    });
    await discord.clear();
    const { json } = await grace.call();

    expect(json.code).toBe('reconnect_required');
    expect([await discord.calls(), await discord.refreshes()]).toEqual([1, 1]);
  });

  it('logs who called what and how it ended, and neither path nor query', async () => {
    harness.log.entries.length = 0;
    await ada.call('/users/@me/guilds?limit=3');

    expect(harness.log.entries).toEqual([
      {
        level: 'info',
        event: 'request',
        request_id: expect.any(String),
        route: 'ANY /connections/{connection_id}/api/v10/users/{discord_path+}',
        method: 'GET',
        status: 200,
        key_id: harness.key.slice(4, 20),
        tenant: 'default',
        connection_id: ada.connectionId,
        action: 'user_guilds.list',
      },
    ]);
  });
});

describe('problems of actions', () => {
  const harness = useHarness();
  let ada: ConnectedUser;
  beforeAll(async () => {
    ada = await connectUser(harness);
  });

  it('go as Discord’s form with a message, since its clients read nothing else', async () => {
    const { status, headers, json } = await ada.call('/users/@me/connections');

    expect(status).toBe(403);
    expect(headers['content-type']).toBe('application/json');
    expect(json.message).toBe(`${json.title}: ${json.detail}`);
  });

  it.each([
    'application/problem+json',
    'application/json, application/problem+json;q=0.9',
    'text/html, application/problem+json',
  ])('go as problem+json to who accepts %s', async (accept) => {
    const { headers, json } = await ada.call('/users/@me/connections', { headers: { accept } });

    expect(headers['content-type']).toBe('application/problem+json');
    expect(json).not.toHaveProperty('message');
  });

  it('have every member of RFC 9457, the code, and an id that is also in the header and the log', async () => {
    const answers = [
      await ada.call('/users/@me/connections'),
      await ada.call('/users/@me/nothing'),
      await ada.call('/users/@me', { method: 'POST' }),
      await ada.call('/users/@me?x=1'),
      await ada.call('/users/@me/guilds/1/member'),
      await ada.call('/users/@me', { key: 'wrong' }),
    ];
    for (const { status, headers, json } of answers) {
      const id = headers['x-request-id'] ?? '';
      expect(json).toMatchObject({
        type: `${harness.origin}/problems/${json.code}`,
        title: expect.stringMatching(/^\S.*\S$/),
        status,
        detail: expect.stringMatching(/^\S.*\.$/),
        instance: `urn:request:${id}`,
        code: expect.stringMatching(/^[a-z_]+$/),
      });
      expect(headers['apigw-requestid']).toBe(id);
      expect(harness.log.entries).toContainEqual(
        expect.objectContaining({ event: 'request', request_id: id, status, code: json.code }),
      );
      expect((await fetch(json.type)).status).toBe(200);
    }
  });
});
