import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { ScriptedApp, sendAsIs, startTestSimulator, USER_AGENT } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;
let accessToken: unknown;

const ALL_SCOPES = 'identify email guilds guilds.members.read connections';
const { ada, linus, mina, noor, solo } = SEED_USERS;
const { analyticalEngine, compilers, stars } = SEED_GUILDS;

beforeAll(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
  accessToken = (await app.connect({ scope: ALL_SCOPES }))['access_token'];
});

afterAll(() => simulator.stop());

async function tokenOf(user: { id: string }, scope = ALL_SCOPES): Promise<unknown> {
  return (await app.connect({ user_id: user.id, scope }))['access_token'];
}

function guildIds(text: string): string[] {
  return (JSON.parse(text) as { id: string }[]).map(({ id }) => id);
}

const UNAUTHORIZED = { message: '401: Unauthorized', code: 0 };

describe('User-Agent', () => {
  it.each([
    undefined,
    'curl/8.5.0',
    'node',
    'DiscordBot',
    'DiscordBot (https://example.com)',
    'DiscordBot (example.com, 1)',
    'discordbot (https://example.com, 1)',
    'DiscordBot (https://example.com, 1)x',
  ])('must be Discord’s form: %s is refused with 40333', async (userAgent) => {
    const headers: Record<string, string> = { authorization: `Bearer ${String(accessToken)}` };
    const reply = await app.send('/api/v10/users/@me', {
      headers: userAgent === undefined ? headers : { ...headers, 'user-agent': userAgent },
    });

    expect([reply.status, reply.json['code']]).toEqual([403, 40333]);
  });

  it('may go on after the closing bracket', async () => {
    const headers = { 'user-agent': 'DiscordBot (https://discord.js.org, 2.6.3) Node.js/v20' };

    expect((await app.get('/users/@me', accessToken, headers)).status).toBe(200);
  });

  it('is demanded of token requests too', async () => {
    expect((await app.postForm('/api/oauth2/token', {}, {})).json['code']).toBe(40333);
  });
});

describe('paths', () => {
  it.each([
    ['/api/v10/users/@me', 200, undefined],
    ['/api/v9/users/@me', 200, undefined],
    ['/api/v8/users/@me', 400, 50041],
    ['/api/v11/users/@me', 400, 50041],
    ['/api/users/@me', 400, 50041],
    ['/api/oauth2/@me', 400, 50041],
    ['/api/v10/users/%40me', 200, undefined],
    ['/api/v10/users/@me/', 404, 0],
    ['/api/v10//users/@me', 404, 0],
    ['/api/v10/users/@me/guilds//member', 404, 0],
    ['/api/v10/users%2F@me', 404, 0],
    ['/api/v10/users/%zz', 404, 0],
    ['/api/v10/users/@ME', 404, 0],
    ['/api/v10/nothing', 404, 0],
  ])('%s answers %i', async (path, status, code) => {
    const reply = await app.send(path, {
      headers: { 'user-agent': USER_AGENT, authorization: `Bearer ${String(accessToken)}` },
    });

    expect([reply.status, reply.json['code']]).toEqual([status, code]);
  });

  it.each([
    '/api/v10/users/../users/@me',
    '/api/v10/users/%2e%2e/users/@me',
    '/api/v10/./users/@me',
    'http://localhost/api/v10/users/@me',
  ])('are taken as sent, never tidied up: %s', async (path) => {
    const headers = { 'user-agent': USER_AGENT, authorization: `Bearer ${String(accessToken)}` };

    expect((await sendAsIs(simulator.baseUrl, path, headers)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('refuse %s where there is only GET', async (method) => {
    const reply = await app.send('/api/v10/users/@me', { method, headers: { 'user-agent': USER_AGENT } });

    expect(reply.status).toBe(405);
    expect(reply.json).toEqual({ message: '405: Method Not Allowed', code: 0 });
    expect(reply.headers.get('allow')).toBe('GET');
  });

  it('refuse a parameter that is no snowflake with the field’s name', async () => {
    const reply = await app.get('/users/@me/guilds/0123/member', accessToken);

    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({
      code: 50035,
      errors: { guild_id: { _errors: [{ code: 'NUMBER_TYPE_COERCE' }] } },
    });
  });
});

describe('Authorization', () => {
  it.each([
    ['nothing', undefined],
    ['an unknown token', 'Bearer abc'],
    ['another scheme', 'Basic YTpi'],
    ['a lower-case scheme', 'bearer TOKEN'],
    ['two spaces', 'Bearer  TOKEN'],
    ['no scheme', 'TOKEN'],
    ['a bearer as a bot', 'Bot TOKEN'],
  ])('is refused with Discord’s 401 for %s', async (_what, pattern) => {
    const authorization = pattern?.replace('TOKEN', String(accessToken));
    const reply = await app.send('/api/v10/users/@me', {
      headers: { 'user-agent': USER_AGENT, ...(authorization === undefined ? {} : { authorization }) },
    });

    expect(reply.status).toBe(401);
    expect(reply.json).toEqual(UNAUTHORIZED);
  });

  it('is refused when it comes twice', async () => {
    const bearer = `Bearer ${String(accessToken)}`;
    const headers = ['user-agent', USER_AGENT, 'authorization', bearer, 'authorization', bearer, 'host', 'localhost'];

    expect((await sendAsIs(simulator.baseUrl, '/api/v10/users/@me', headers)).status).toBe(401);
  });

  it('takes the bot token where Discord does', async () => {
    const { botToken, clientId } = simulator.application;
    const asBot = (path: string) => app.get(path, '', { authorization: `Bot ${botToken}` });
    const me = await asBot('/users/@me');

    expect(me.json).toMatchObject({ id: clientId, bot: true });
    expect((await asBot('/users/@me/connections')).json['code']).toBe(20001);
    expect((await asBot('/oauth2/@me')).json).toEqual(UNAUTHORIZED);
  });

  it('lists to the bot the guilds that it was added to', async () => {
    await app.connect({
      scope: 'identify bot',
      guild_id: compilers.id,
      permissions: String(PERMISSION.MANAGE_MESSAGES),
    });
    const reply = await app.get('/users/@me/guilds', '', { authorization: `Bot ${simulator.application.botToken}` });

    const permissions = String((compilers.roles[0]?.permissions ?? 0n) | PERMISSION.MANAGE_MESSAGES);

    expect(JSON.parse(reply.text)).toMatchObject([{ id: compilers.id, owner: false, permissions }]);
  });

  it.each([
    ['/users/@me', 'guilds'],
    ['/users/@me', 'email'],
    ['/users/@me/connections', 'identify'],
    ['/users/@me/guilds', 'identify guilds.members.read'],
    [`/users/@me/guilds/${analyticalEngine.id}/member`, 'identify guilds'],
  ])('needs the right scope: %s with %s gets 50026', async (path, scope) => {
    const reply = await app.get(path, await tokenOf(ada, scope));

    expect(reply.status).toBe(403);
    expect(reply.json).toEqual({ message: 'Missing required OAuth2 scope', code: 50026 });
  });
});

describe('GET /users/@me', () => {
  it('gives the address only with the scope email', async () => {
    const withEmail = await app.get('/users/@me', accessToken);
    const without = await app.get('/users/@me', await tokenOf(ada, 'identify'));

    expect(withEmail.json).toMatchObject({ id: ada.id, email: ada.email, verified: true, premium_type: 0 });
    expect(without.json).not.toHaveProperty('email');
    expect(without.json).not.toHaveProperty('verified');
  });

  it('gives null for a user without an address', async () => {
    expect((await app.get('/users/@me', await tokenOf(mina))).json).toMatchObject({ email: null, verified: false });
  });

  it('gives names as they are and ids as strings beyond 2^53', async () => {
    const reply = await app.get('/users/@me', await tokenOf(noor));

    expect(reply.json['global_name']).toBe(noor.global_name);
    expect(reply.text).toContain(`"id":"${noor.id}"`);
    expect(Number.isSafeInteger(Number(noor.id))).toBe(false);
  });
});

describe('GET /users/@me/connections', () => {
  it('lists hidden and revoked ones too', async () => {
    const reply = await app.get('/users/@me/connections', accessToken);
    const items = JSON.parse(reply.text) as Record<string, unknown>[];

    expect(items).toHaveLength(3);
    expect(items[1]).toMatchObject({ type: 'steam', visibility: 0, two_way_link: false });
    expect(items[2]).toMatchObject({ revoked: true });
  });
});

describe('GET /users/@me/guilds', () => {
  it('lists by id with permissions as strings, counts only when asked', async () => {
    const plain = await app.get('/users/@me/guilds', accessToken);
    const counted = await app.get('/users/@me/guilds?with_counts=true', accessToken);
    const [first, second] = JSON.parse(counted.text) as Record<string, unknown>[];

    expect(guildIds(plain.text)).toEqual([analyticalEngine.id, compilers.id]);
    expect(plain.text).not.toContain('approximate_member_count');
    expect(first).toMatchObject({ owner: true, permissions: '9007199254740991', approximate_member_count: 4 });
    expect(second).toMatchObject({ owner: false });
  });

  it('is empty for a user without guilds', async () => {
    expect((await app.get('/users/@me/guilds', await tokenOf(solo))).text).toBe('[]');
  });

  it.each([
    [`after=${analyticalEngine.id}`, [compilers.id]],
    [`before=${compilers.id}`, [analyticalEngine.id]],
    ['limit=1', [analyticalEngine.id]],
    [`limit=1&before=${stars.id}`, [compilers.id]],
    ['unknown=1', [analyticalEngine.id, compilers.id]],
  ])('pages: %s', async (query, ids) => {
    expect(guildIds((await app.get(`/users/@me/guilds?${query}`, accessToken)).text)).toEqual(ids);
  });

  it.each([
    ['limit=0', 'limit', 'NUMBER_TYPE_MIN'],
    ['limit=201', 'limit', 'NUMBER_TYPE_MAX'],
    ['limit=-1', 'limit', 'NUMBER_TYPE_MIN'],
    ['limit=1.5', 'limit', 'NUMBER_TYPE_COERCE'],
    ['limit=', 'limit', 'NUMBER_TYPE_COERCE'],
    ['before=x', 'before', 'NUMBER_TYPE_COERCE'],
    ['after=18446744073709551616', 'after', 'NUMBER_TYPE_COERCE'],
    ['with_counts=maybe', 'with_counts', 'BOOLEAN_TYPE_CONVERT'],
    ['limit=1&limit=2', '_query', 'BASE_TYPE_BAD_ENCODING'],
  ])('refuses %s with 50035 at %s', async (query, field, code) => {
    const reply = await app.get(`/users/@me/guilds?${query}`, accessToken);

    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ code: 50035, errors: { [field]: { _errors: [{ code }] } } });
  });
});

describe('GET /users/@me/guilds/{guild_id}/member', () => {
  it('gives the own membership', async () => {
    const reply = await app.get(`/users/@me/guilds/${stars.id}/member`, await tokenOf(linus));

    expect(reply.json).toMatchObject({ nick: 'Лінус', roles: [], user: { id: linus.id } });
  });

  it.each([
    ['a guild of others', stars.id],
    ['no guild', '1'],
  ])('answers 10004 for %s', async (_what, guildId) => {
    const reply = await app.get(`/users/@me/guilds/${guildId}/member`, accessToken);

    expect([reply.status, reply.json['code']]).toEqual([404, 10004]);
  });
});

describe('GET /oauth2/@me', () => {
  it('tells application, scopes and expiry, and the user only with identify', async () => {
    const withUser = await app.get('/oauth2/@me', accessToken);
    const without = await app.get('/oauth2/@me', await tokenOf(ada, 'guilds'));

    expect(withUser.json).toMatchObject({
      application: {
        id: simulator.application.clientId,
        verify_key: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
      scopes: ALL_SCOPES.split(' '),
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/) as string,
      user: { id: ada.id },
    });
    expect(without.json).not.toHaveProperty('user');
    expect(withUser.text).not.toContain(simulator.application.clientSecret);
  });
});
