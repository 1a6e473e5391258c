import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectControl, ControlCallError } from '../../../infra/local/discord/control/control-client.ts';
import type { SimulatorControl } from '../../../infra/local/discord/control/operations.ts';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { CHALLENGE, ScriptedApp, sendAsIs, startTestSimulator } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;
let control: SimulatorControl;

beforeEach(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
  control = connectControl(simulator.baseUrl);
});

afterEach(() => simulator.stop());

const ada = { user_id: SEED_USERS.ada.id };

describe('control API over HTTP', () => {
  it('says what it can', async () => {
    const reply = await app.send('/_control', {});

    expect(reply.json['operations']).toContain('POST /_control/faults');
  });

  it('injects and lists faults', async () => {
    const { id } = await control.addFault({ path: '/api/**', fault: { kind: 'answer', status: 503 } });
    const { items } = await control.listFaults();

    expect(items).toMatchObject([{ id, hits: 0, remaining: 1, held: 0 }]);
  });

  it('shows what was received without any secret', async () => {
    const tokens = await app.connect({ code_challenge: undefined, state: 'very-secret-state' });
    await app.openConsent({ state: 'very-secret-state', code_challenge: CHALLENGE, code_challenge_method: 'S256' });
    await app.get('/users/@me?limit=5', tokens['access_token']);
    const { count, items } = await control.listRequests({});
    const all = JSON.stringify(items);

    expect(count).toBe(4);
    expect(items[1]).toMatchObject({
      method: 'POST',
      path: '/api/oauth2/token',
      grant_type: 'authorization_code',
      form_fields: ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri'],
      status: 200,
      fault_id: null,
    });
    expect(items[3]?.headers['authorization']).toMatch(/^Bearer sha256:[0-9a-f]{16}$/);
    expect(items[3]?.query).toEqual({ limit: '5' });
    for (const { value } of (await control.listSecrets()).items) expect(all).not.toContain(value);
    expect(all).not.toContain('very-secret-state');
    expect(all).not.toContain(CHALLENGE);
  });

  it('filters and forgets what was received', async () => {
    await app.openConsent();
    await app.connect();
    const posts = await control.listRequests({ method: 'POST', path: '/api/oauth2/token' });
    await control.clearRequests();

    expect(posts.count).toBe(1);
    expect((await control.listRequests({})).count).toBe(0);
  });

  it('expires access tokens and leaves the refresh token', async () => {
    const tokens = await app.connect();

    expect(await control.expireAccessTokens(ada)).toEqual({ expired: 1 });
    expect((await app.get('/users/@me', tokens['access_token'])).status).toBe(401);
    expect((await app.refresh(tokens['refresh_token'])).status).toBe(200);
  });

  it('says what a token is good for', async () => {
    const tokens = await app.connect();
    const inspect = (name: string) => control.inspectToken({ token: String(tokens[name]) });
    const { user_id } = ada;

    expect(await inspect('access_token')).toEqual({ kind: 'access', user_id, is_usable: true });
    expect(await inspect('refresh_token')).toEqual({ kind: 'refresh', user_id, is_usable: true });
    await control.expireAccessTokens(ada);
    expect(await inspect('access_token')).toEqual({ kind: 'access', user_id, is_usable: false });
    await app.refresh(tokens['refresh_token']);
    expect(await inspect('access_token')).toEqual({ kind: null, user_id: null, is_usable: false });
    expect(await inspect('refresh_token')).toEqual({ kind: null, user_id: null, is_usable: false });
  });

  it('goes back to a saved state, with the tokens of then and no id twice', async () => {
    const tokens = await app.connect();
    const saved = await control.saveState();
    const refreshed = await app.refresh(tokens['refresh_token']);
    await control.revokeAuthorization(ada);
    await control.restoreState(saved);
    const values = (await control.listSecrets()).items.map(({ value }) => value);

    expect((await app.get('/users/@me', tokens['access_token'])).status).toBe(200);
    expect(await control.inspectToken({ token: String(refreshed.json['refresh_token']) })).toMatchObject({
      kind: null,
    });
    expect((await control.listAuthorizations()).items).toMatchObject([{ ...ada, live_refresh_tokens: 1 }]);
    expect(values).toContain(refreshed.json['refresh_token']);
  });

  it('revokes as the user would in his settings', async () => {
    const tokens = await app.connect();
    const before = await control.listAuthorizations();
    await control.revokeAuthorization(ada);

    expect(before.items).toMatchObject([
      { ...ada, scopes: ['identify'], live_access_tokens: 1, live_refresh_tokens: 1 },
    ]);
    expect((await control.listAuthorizations()).items).toEqual([]);
    expect((await app.refresh(tokens['refresh_token'])).json['error']).toBe('invalid_grant');
  });

  it('registers applications and redirect URIs, ten at most', async () => {
    const registered = await control.registerApplication({ name: 'Second', redirect_uris: ['https://a.example/cb'] });
    const uris = Array.from({ length: 11 }, (_, at) => `https://a.example/${at}`);

    expect((await control.listApplications()).items.map(({ name }) => name)).toEqual(['Demo application', 'Second']);
    await control.setRedirectUris({ client_id: registered.client_id, redirect_uris: uris.slice(1) });
    await expect(control.setRedirectUris({ redirect_uris: uris })).rejects.toThrow(ControlCallError);
    await expect(control.setRedirectUris({ redirect_uris: ['https://a.example/#x'] })).rejects.toThrow('fragment');
    await expect(control.setRedirectUris({ redirect_uris: ['/relative'] })).rejects.toThrow('absolute');
    await expect(control.setRedirectUris({ client_id: '1', redirect_uris: [] })).rejects.toThrow('client_id');
  });

  it('lists every secret ever handed out, also after a reset', async () => {
    const oldSecret = simulator.application.clientSecret;
    const tokens = await app.connect({ scope: 'webhook.incoming', channel_id: '197038439483310201' });
    const { url, token } = tokens['webhook'] as Record<string, string>;
    const refreshed = await app.refresh(tokens['refresh_token']);
    const { client_secret: newSecret } = await control.resetClientSecret({});
    await control.reset();
    const values = (await control.listSecrets()).items.map(({ value }) => value);

    expect(values).toEqual(
      expect.arrayContaining([
        oldSecret,
        newSecret,
        simulator.application.botToken,
        url,
        token,
        tokens['access_token'],
        tokens['refresh_token'],
        refreshed.json['access_token'],
        refreshed.json['refresh_token'],
      ]),
    );
  });

  it('forgets grants, faults, requests and clock on reset, but not the application', async () => {
    const tokens = await app.connect();
    const { clientSecret } = simulator.application;
    await control.addFault({ path: '/**', times: null, fault: { kind: 'answer', status: 500 } });
    await control.advanceClock({ advance_ms: 1_000_000_000 });
    await control.reset();

    expect((await app.refresh(tokens['refresh_token'])).json['error']).toBe('invalid_grant');
    expect((await control.readClock()).now_epoch_ms).toBeLessThan(Date.now() + 60_000);
    expect(simulator.application.clientSecret).toBe(clientSecret);
  });

  it('shows the world with permissions as strings', async () => {
    const { users, guilds } = await control.readWorld();

    expect(users).toHaveLength(6);
    expect(JSON.stringify(guilds)).toContain('"permissions":"8"');
  });

  it.each([
    ['an unknown field', '/faults', '{"path":"/x","fault":{"kind":"drop","phase":"after"},"more":1}'],
    ['an unknown fault', '/faults', '{"path":"/x","fault":{"kind":"explode"}}'],
    ['no JSON', '/faults', '{'],
    ['going back in time', '/clock', '{"advance_ms":-1}'],
    ['a limit of nothing', '/rate-limits', '{"route":{"limit":0,"window_ms":1}}'],
  ])('refuses %s', async (_what, path, body) => {
    const method = path === '/rate-limits' ? 'PUT' : 'POST';
    const headers = { 'content-type': 'application/json' };

    expect((await app.send(`/_control${path}`, { method, headers, body })).status).toBe(400);
  });

  it('knows no other paths, methods and types', async () => {
    expect((await app.send('/_control/nothing', {})).status).toBe(404);
    expect((await app.send('/_control/secrets', { method: 'POST' })).status).toBe(405);
    expect((await app.send('/_control/reset', { method: 'POST', body: '{}' })).status).toBe(415);
  });

  it('lets no web page in, and nobody under another name', async () => {
    const status = async (headers: Record<string, string>) =>
      (await sendAsIs(simulator.baseUrl, '/_control/secrets', headers)).status;

    expect(await status({})).toBe(200);
    expect(await status({ origin: 'http://localhost:3000' })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status({ host: 'rebound.example' })).toBe(403);
  });
});
