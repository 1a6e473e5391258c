import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { CHALLENGE, REDIRECT_URI, ScriptedApp, startTestSimulator, USER_AGENT, VERIFIER } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;

beforeEach(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
});

afterEach(() => simulator.stop());

const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
const GENERAL = '197038439483310201';

describe('code exchange', () => {
  it('gives a pair that lives seven days and names the granted scopes', async () => {
    const reply = await app.exchange(await app.obtainCode({ scope: 'identify email' }));

    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.json).toEqual({
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^[A-Za-z0-9]{30}$/) as string,
      refresh_token: expect.stringMatching(/^[A-Za-z0-9]{30}$/) as string,
      expires_in: 604800,
      scope: 'identify email',
    });
  });

  it('also works below /api/v10 and with Basic', async () => {
    const { clientId, clientSecret } = simulator.application;
    const fields = { grant_type: 'authorization_code', code: await app.obtainCode(), redirect_uri: REDIRECT_URI };
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const headers = { 'user-agent': USER_AGENT, authorization: `Basic ${basic}` };
    const reply = await app.postForm('/api/v10/oauth2/token', fields, headers);

    expect(reply.status).toBe(200);
  });

  it('takes a code once, also when asked twice at the same time', async () => {
    const code = await app.obtainCode();
    const replies = await Promise.all([app.exchange(code), app.exchange(code), app.exchange(code)]);

    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 400, 400]);
    expect(replies.find((reply) => reply.status === 400)?.json['error']).toBe('invalid_grant');
  });

  it('takes a code for less than 100 seconds', async () => {
    await simulator.stop();
    simulator = await startTestSimulator({ now: () => 1_760_000_000_000 });
    app = new ScriptedApp(simulator);
    const [first, second] = [await app.obtainCode(), await app.obtainCode()];

    await simulator.control.advanceClock({ advance_ms: 99_999 });
    const inTime = await app.exchange(first);
    await simulator.control.advanceClock({ advance_ms: 1 });
    const late = await app.exchange(second);

    expect(inTime.status).toBe(200);
    expect(late.json['error']).toBe('invalid_grant');
  });

  it('wants the very redirect_uri of the request, and a wrong one spends the code', async () => {
    const code = await app.obtainCode();
    const wrong = await app.exchange(code, { redirect_uri: `${REDIRECT_URI}/` });
    const right = await app.exchange(code);

    expect(wrong.json).toEqual({ error: 'invalid_grant', error_description: 'Invalid "redirect_uri" in request.' });
    expect(right.json['error']).toBe('invalid_grant');
  });

  it.each([
    ['the right verifier', PKCE, VERIFIER, undefined],
    ['a wrong verifier', PKCE, VERIFIER.replace('d', 'e'), 'invalid_grant'],
    ['no verifier', PKCE, undefined, 'invalid_grant'],
    ['a verifier without a challenge', {}, VERIFIER, 'invalid_grant'],
    ['a short verifier', PKCE, VERIFIER.slice(1), 'invalid_request'],
    ['a long verifier', PKCE, 'a'.repeat(129), 'invalid_request'],
    ['a verifier with other characters', PKCE, `${VERIFIER}+`, 'invalid_request'],
  ])('holds PKCE: %s', async (_what, challenge, verifier, error) => {
    const reply = await app.exchange(await app.obtainCode(challenge), { code_verifier: verifier });

    expect(reply.json['error']).toBe(error);
    expect(reply.status).toBe(error === undefined ? 200 : 400);
  });

  it('does not take a code of another application', async () => {
    const other = await simulator.control.registerApplication({ name: 'Other', redirect_uris: [REDIRECT_URI] });
    const code = await app.obtainCode();
    const foreign = await app.exchange(code, { client_id: other.client_id, client_secret: other.client_secret });
    const own = await app.exchange(code);

    expect(foreign.json['error']).toBe('invalid_grant');
    expect(own.status).toBe(200);
  });

  it('ignores scope', async () => {
    const reply = await app.exchange(await app.obtainCode({ scope: 'identify email' }), { scope: 'identify' });

    expect(reply.json['scope']).toBe('identify email');
  });

  it('names the guild with bot, role permissions as number and string', async () => {
    const guild = SEED_GUILDS.compilers;
    const tokens = await app.connect({ scope: 'identify bot', guild_id: guild.id, permissions: '8' });

    expect(tokens['guild']).toMatchObject({ id: guild.id, name: guild.name, owner_id: guild.owner_id });
    const [everyone] = (tokens['guild'] as { roles: Record<string, unknown>[] }).roles;
    expect(everyone).toMatchObject({ id: guild.id, permissions: Number(guild.roles[0]?.permissions) });
    expect(everyone?.['permissions_new']).toBe(String(guild.roles[0]?.permissions));
  });

  it('makes a new webhook for each webhook.incoming grant', async () => {
    const changes = { scope: 'identify webhook.incoming', channel_id: GENERAL };
    const first = (await app.connect(changes))['webhook'] as Record<string, string>;
    const second = (await app.connect(changes))['webhook'] as Record<string, string>;

    expect(first).toMatchObject({ type: 1, channel_id: GENERAL, guild_id: SEED_GUILDS.analyticalEngine.id });
    expect(first['token']).toMatch(/^[\w-]{68}$/);
    expect(first['url']).toBe(`${simulator.baseUrl}/api/webhooks/${first['id'] ?? ''}/${first['token'] ?? ''}`);
    expect(second['id']).not.toBe(first['id']);
  });

  it('gives a channel 15 webhooks and no more, at the consent and at the exchange', async () => {
    const changes = { scope: 'webhook.incoming', channel_id: GENERAL };
    for (let made = 0; made < 14; made += 1) await app.connect(changes);
    const [code15, code16] = [await app.obtainCode(changes), await app.obtainCode(changes)];

    const fifteenth = await app.exchange(code15);
    const sixteenth = await app.exchange(code16);
    const consent = await app.postConsent(changes);

    expect(fifteenth.status).toBe(200);
    expect(sixteenth.json['code']).toBe(30007);
    expect(consent.status).toBe(400);
  });
});

describe('refresh', () => {
  it('rotates both tokens: the old ones are dead at once', async () => {
    const old = await app.connect();
    const reply = await app.refresh(old['refresh_token']);
    const again = await app.refresh(old['refresh_token']);

    expect(reply.status).toBe(200);
    expect(reply.json['refresh_token']).not.toBe(old['refresh_token']);
    expect(again.json).toEqual({ error: 'invalid_grant', error_description: 'Invalid "refresh_token" in request.' });
    expect((await app.get('/users/@me', old['access_token'])).status).toBe(401);
    expect((await app.get('/users/@me', reply.json['access_token'])).status).toBe(200);
  });

  it('lets exactly one of several at the same time win', async () => {
    const { refresh_token: refreshToken } = await app.connect();
    const replies = await Promise.all([1, 2, 3, 4].map(() => app.refresh(refreshToken)));

    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  });

  it('without scope gives all that the user ever granted, with scope a part of it', async () => {
    await app.connect({ scope: 'identify email' });
    const { refresh_token: refreshToken } = await app.connect({ scope: 'identify' });
    const wide = await app.refresh(refreshToken);
    const narrow = await app.refresh(wide.json['refresh_token'], { scope: 'identify' });
    const tooMuch = await app.refresh(narrow.json['refresh_token'], { scope: 'identify guilds' });

    expect(wide.json['scope']).toBe('identify email');
    expect(narrow.json['scope']).toBe('identify');
    expect([tooMuch.status, tooMuch.json['error']]).toEqual([400, 'invalid_scope']);
  });

  it('works after the access token has expired', async () => {
    const tokens = await app.connect();
    await simulator.control.advanceClock({ advance_ms: 604_800_000 });
    const expired = await app.get('/users/@me', tokens['access_token']);
    const refreshed = await app.refresh(tokens['refresh_token']);

    expect(expired.status).toBe(401);
    expect(refreshed.status).toBe(200);
  });

  it('does not take a token of another application', async () => {
    const other = await simulator.control.registerApplication({ name: 'Other' });
    const { refresh_token: refreshToken } = await app.connect();
    const credentials = { client_id: other.client_id, client_secret: other.client_secret };

    expect((await app.refresh(refreshToken, credentials)).json['error']).toBe('invalid_grant');
    expect((await app.refresh(refreshToken)).status).toBe(200);
  });
});

describe('client credentials', () => {
  it('give a token of the owner without a refresh token', async () => {
    const reply = await app.requestToken({ grant_type: 'client_credentials', scope: 'identify' });
    const me = await app.get('/users/@me', reply.json['access_token']);

    expect(reply.json).not.toHaveProperty('refresh_token');
    expect(me.json['id']).toBe(SEED_USERS.ada.id);
  });

  it.each([undefined, 'bot', 'webhook.incoming', 'relationships.read', 'x'])('refuse the scope %s', async (scope) => {
    const reply = await app.requestToken({ grant_type: 'client_credentials', scope });

    expect(reply.json['error']).toBe('invalid_scope');
  });
});

describe('token requests', () => {
  it.each([
    ['no grant_type', {}, 'invalid_request'],
    ['an unknown grant_type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no code', { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI }, 'invalid_request'],
    ['no redirect_uri', { grant_type: 'authorization_code', code: 'x' }, 'invalid_request'],
    ['an unknown code', { grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT_URI }, 'invalid_grant'],
    ['no refresh_token', { grant_type: 'refresh_token' }, 'invalid_request'],
  ])('are refused for %s', async (_what, fields, error) => {
    const reply = await app.requestToken(fields);

    expect([reply.status, reply.json['error']]).toEqual([400, error]);
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }],
    ['no secret', { client_secret: undefined }],
    ['no client at all', { client_id: undefined, client_secret: undefined }],
    ['an unknown client', { client_id: '1' }],
  ])('get invalid_client and 401 for %s', async (_what, changes) => {
    const reply = await app.refresh('x', changes);

    expect([reply.status, reply.json['error']]).toEqual([401, 'invalid_client']);
  });

  it('refuse Basic that escapes the secret, another scheme and two ways at once', async () => {
    const { clientId } = simulator.application;
    await simulator.control.resetClientSecret({ client_secret: 'with-dash_and_line' });
    const basic = (secret: string) => `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const fields = { grant_type: 'client_credentials', scope: 'identify' };
    const send = (authorization: string, more = {}) =>
      app.postForm('/api/oauth2/token', { ...fields, ...more }, { 'user-agent': USER_AGENT, authorization });

    expect((await send(basic('with-dash_and_line'))).status).toBe(200);
    expect((await send(basic('with%2Ddash%5Fand%5Fline'))).json['error']).toBe('invalid_client');
    expect((await send('Bearer abc')).json['error']).toBe('invalid_client');
    expect((await send(basic('with-dash_and_line'), { client_id: '1' })).json['error']).toBe('invalid_client');
    const both = await send(basic('with-dash_and_line'), { client_secret: 'with-dash_and_line' });
    expect(both.json['error']).toBe('invalid_request');
  });

  it('do not know the old secret after a reset', async () => {
    const old = simulator.application.clientSecret;
    await simulator.control.resetClientSecret({});

    expect((await app.refresh('x', { client_secret: old })).json['error']).toBe('invalid_client');
    expect((await app.refresh('x')).json['error']).toBe('invalid_grant');
  });

  const raw = (body: string | Buffer, contentType: string) =>
    app.send('/api/oauth2/token', {
      method: 'POST',
      headers: { 'user-agent': USER_AGENT, 'content-type': contentType },
      body,
    });

  it('are form-urlencoded only', async () => {
    const json = await raw('{"grant_type":"refresh_token"}', 'application/json');
    const withCharset = await raw('', 'application/x-www-form-urlencoded; charset=utf-8');

    expect([json.status, json.json['error']]).toEqual([400, 'invalid_request']);
    expect(withCharset.json['error']).toBe('invalid_client');
  });

  it.each([
    ['a field that comes twice', 'grant_type=a&grant_type=a'],
    ['a broken percent escape', 'grant_type=%zz'],
    ['a percent escape that is not UTF-8', 'grant_type=%ff'],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0x3d, 0xff])],
  ])('refuse %s', async (_what, body) => {
    const reply = await raw(body, 'application/x-www-form-urlencoded');

    expect([reply.status, reply.json['error']]).toEqual([400, 'invalid_request']);
  });

  it('get 413 above a million bytes, and the simulator lives on', async () => {
    const reply = await raw('a='.padEnd(1_000_001, 'x'), 'application/x-www-form-urlencoded');

    expect(reply.status).toBe(413);
    expect((await app.openConsent()).status).toBe(200);
  });
});

describe('revocation', () => {
  it.each(['access_token', 'refresh_token'])(
    'by one %s kills all that the user gave this application',
    async (which) => {
      const first = await app.connect();
      const second = await app.connect();
      const bystander = await app.connect({ user_id: SEED_USERS.grace.id });
      const code = await app.obtainCode();

      const reply = await app.revoke(first[which]);

      expect(reply.status).toBe(200);
      expect((await app.get('/users/@me', second['access_token'])).status).toBe(401);
      expect((await app.refresh(second['refresh_token'])).json['error']).toBe('invalid_grant');
      expect((await app.exchange(code)).json['error']).toBe('invalid_grant');
      expect((await app.get('/users/@me', bystander['access_token'])).status).toBe(200);
      expect((await app.openConsent({ prompt: 'none', user_id: SEED_USERS.ada.id })).status).toBe(200);
    },
  );

  it('does nothing for an unknown, rotated, expired or foreign token', async () => {
    const other = await simulator.control.registerApplication({ name: 'Other' });
    const old = await app.connect();
    const { json: tokens } = await app.refresh(old['refresh_token']);
    const credentials = { client_id: other.client_id, client_secret: other.client_secret };
    await app.revoke('unknown');
    await app.revoke(old['refresh_token']);
    await app.revoke(tokens['refresh_token'], credentials);
    await simulator.control.expireAccessTokens({ user_id: SEED_USERS.ada.id });
    await app.revoke(tokens['access_token']);

    expect((await app.refresh(tokens['refresh_token'])).status).toBe(200);
  });

  it('authenticates the application and checks its fields', async () => {
    const wrongSecret = await app.revoke('x', { client_secret: 'wrong' });
    const noToken = await app.revoke('x', { token: undefined });
    const badHint = await app.revoke('x', { token_type_hint: 'id_token' });

    expect(wrongSecret.json['error']).toBe('invalid_client');
    expect(noToken.json['error']).toBe('invalid_request');
    expect(badHint.json['error']).toBe('unsupported_token_type');
  });
});
