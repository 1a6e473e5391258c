import { beforeAll, describe, expect, it } from 'vitest';
import { watchDiscord } from '../support/discord-requests.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';

const PNG = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64')}`;

describe('the settings over HTTP', () => {
  const harness = useHarness();
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await signInOperator(harness);
  });

  const read = async () => await operator.call('GET', '/integration');

  /** Over the version that stands there now. */
  async function write(body: unknown, headers?: Record<string, string>) {
    const { headers: current } = await read();
    return await operator.call('PUT', '/integration', body, { 'if-match': String(current['etag']), ...headers });
  }

  async function check(id: string) {
    const { json } = await operator.call('POST', '/integration/checks', {});
    return json.items.find((item: { id: string }) => item.id === id);
  }

  it('shows everything but secrets, of which it says since when they are there', async () => {
    const { status, json, headers, text } = await read();
    const { clientId, clientSecret, botToken } = harness.simulator.application;

    expect(status).toBe(200);
    expect(headers['etag']).toBe(`"${json.version}"`);
    expect(json).toMatchObject({
      client_id: clientId,
      client_secret: { is_set: true, set_at: expect.stringMatching(/^\d{4}-/) },
      bot_token: { is_set: true, set_at: expect.stringMatching(/^\d{4}-/) },
      redirect_uri: `${harness.origin}/integration-callback`,
      branding: { name: null, color: null, logo: null },
      idle_expiry_days: null,
    });
    expect(json.known_scopes).toHaveLength(9);
    for (const secret of [clientSecret, botToken]) expect(text).not.toContain(secret);
  });

  it('saves what is named and leaves the rest', async () => {
    const before = (await read()).json;
    const saved = await write({
      branding: { name: 'Acme <b>& Sons</b>', color: '#ff8800', logo: PNG },
      idle_expiry_days: 30,
      audit_retention_days: 90,
      bot_permissions: '2048',
      pkce: false,
      connect_page: true,
    });

    expect(saved.status).toBe(200);
    expect(saved.json).toMatchObject({
      client_id: before.client_id,
      scopes: before.scopes,
      return_origins: before.return_origins,
      branding: { name: 'Acme <b>& Sons</b>', color: '#ff8800', logo: PNG },
      idle_expiry_days: 30,
      audit_retention_days: 90,
      bot_permissions: '2048',
      pkce: false,
      connect_page: true,
      version: Number(before.version) + 1,
    });
    expect(saved.json.checks.length).toBeGreaterThan(5);
    const undone = await write({
      branding: { name: null, color: null, logo: null },
      idle_expiry_days: null,
      bot_permissions: null,
      pkce: true,
      connect_page: false,
    });
    expect(undone.json).toMatchObject({ branding: { name: null }, idle_expiry_days: null, bot_permissions: null });
  });

  it('asks for the version that is changed, and refuses any other', async () => {
    const without = await operator.call('PUT', '/integration', { pkce: true });
    const { version } = (await read()).json;
    const stale = await operator.call('PUT', '/integration', { pkce: true }, { 'if-match': `"${version - 1}"` });
    const anything = await operator.call('PUT', '/integration', { pkce: true }, { 'if-match': '*' });

    expect([without.status, without.json.code]).toEqual([428, 'precondition_required']);
    expect([stale.status, stale.json.code, stale.json.current_version]).toEqual([
      412,
      'settings_changed_meanwhile',
      version,
    ]);
    expect([anything.status, anything.json.errors[0].parameter]).toEqual([400, 'If-Match']);
    expect((await read()).json.version).toBe(version);
  });

  it('lets one of two who save at once win, with his secret', async () => {
    const { headers } = await read();
    const ifMatch = { 'if-match': String(headers['etag']) };
    const { clientSecret } = harness.simulator.application;
    const both = await Promise.all(
      ['one', 'two'].map((name) =>
        operator.call('PUT', '/integration', { branding: { name }, client_secret: clientSecret }, ifMatch),
      ),
    );

    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = both.find(({ status }) => status === 200);
    expect((await read()).json.branding.name).toBe(winner?.json.branding.name);
  });

  it.each([
    ['a client id that is none', { client_id: 'abc', client_secret: 'x'.repeat(32) }, '/client_id'],
    ['a secret with a space', { client_secret: `${'x'.repeat(16)} x` }, '/client_secret'],
    ['a short bot token', { bot_token: 'x' }, '/bot_token'],
    ['another application without its secret', { client_id: '123456789012345678' }, '/client_secret'],
    ['an unknown scope', { scopes: ['identify', 'email', 'guilds', 'rpc'] }, '/scopes/3'],
    ['a wildcard origin', { return_origins: ['https://*.example.com'] }, '/return_origins/0'],
    ['an origin with a path', { return_origins: ['https://a.example', 'https://b.example/x'] }, '/return_origins/1'],
    ['half a day', { audit_retention_days: 0.5 }, '/audit_retention_days'],
    ['no days at all', { idle_expiry_days: 0 }, '/idle_expiry_days'],
    ['permissions in hex', { bot_permissions: '0x800' }, '/bot_permissions'],
    ['permissions beyond 64 bits', { bot_permissions: '18446744073709551616' }, '/bot_permissions'],
    ['a name that turns text around', { branding: { name: 'Acme\u202e' } }, '/branding/name'],
    ['a colour by name', { branding: { color: 'red' } }, '/branding/color'],
    ['a picture that can hold scripts', { branding: { logo: 'data:image/svg+xml;base64,PHN2Zy8+' } }, '/branding/logo'],
    ['a picture that is none', { branding: { logo: 'data:image/png;base64,aGVsbG8gd29ybGQh' } }, '/branding/logo'],
    ['an address in place of a picture', { branding: { logo: 'https://evil.example/x.png' } }, '/branding/logo'],
    [
      'a picture that is too large',
      {
        branding: {
          logo: `data:image/png;base64,${Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(24 * 1024)]).toString('base64')}`,
        },
      },
      '/branding/logo',
    ],
    ['a field that is not known', { client_secrets: 'x' }, '/client_secrets'],
    ['a text in place of a switch', { pkce: 'yes' }, '/pkce'],
  ])('refuses %s, names the field and saves nothing', async (_what, body, pointer) => {
    const { version } = (await read()).json;
    const answer = await write(body);

    expect([answer.status, answer.json.code]).toEqual([400, 'input_invalid']);
    expect(answer.json.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
    expect((await read()).json.version).toBe(version);
  });

  it('names every fault of form at once', async () => {
    const { json } = await write({ client_id: 'x', scopes: ['rpc'], audit_retention_days: 0 });

    expect(json.errors.length).toBeGreaterThanOrEqual(4);
  });

  it('does not let go of the minimum of scopes, and says what would stop working', async () => {
    const { status, json } = await write({ scopes: ['identify'] });

    expect(status).toBe(400);
    expect(json.detail).toContain('without email the profile has no email address');
    expect(json.detail).toContain('without guilds the list of the guilds');
  });

  it('asks Discord before it stores a secret: a wrong one is refused and the right one stays', async () => {
    const { version } = (await read()).json;
    const wrong = await write({ client_secret: 'w'.repeat(32) });

    expect([wrong.status, wrong.json.code]).toEqual([422, 'settings_refused']);
    expect(wrong.json.errors).toEqual([
      { pointer: '/client_secret', detail: expect.stringContaining('Discord refuses the two together') },
    ]);
    expect(wrong.text).not.toContain('w'.repeat(32));
    expect((await read()).json.version).toBe(version);
    expect(await check('client_secret')).toMatchObject({ state: 'ok' });
  });

  it('asks Discord nothing for a version that is not the current one', async () => {
    const discord = watchDiscord(harness.simulator);
    await discord.clear();
    const { version } = (await read()).json;
    const body = { client_secret: 'w'.repeat(32) };
    const stale = await operator.call('PUT', '/integration', body, { 'if-match': `"${version - 1}"` });

    expect([stale.status, stale.json.code]).toEqual([412, 'settings_changed_meanwhile']);
    expect(await discord.all()).toEqual([]);
  });

  it('leaves no token behind when it asks', async () => {
    await check('client_secret');
    const { items } = await harness.simulator.control.listAuthorizations();

    expect(items).toEqual([]);
  });

  it('refuses a bot token that Discord does not know', async () => {
    const answer = await write({ bot_token: 'b'.repeat(60) });

    expect([answer.status, answer.json.errors[0].pointer]).toEqual([422, '/bot_token']);
  });

  it('takes the bot token away, and says what does not work without', async () => {
    const { botToken } = harness.simulator.application;
    const gone = await write({ bot_token: null });

    expect(gone.json.bot_token).toEqual({ is_set: false, set_at: null });
    expect(gone.json.checks.find((item: { id: string }) => item.id === 'bot_token')).toMatchObject({
      state: 'warning',
    });
    const back = await write({ bot_token: botToken });
    expect(back.json.bot_token.is_set).toBe(true);
  });

  it('saves when Discord cannot be asked, and says that it is not known', async () => {
    const { control } = harness.simulator;
    await control.addFault({ path: '/api/oauth2/token', times: null, fault: { kind: 'answer', status: 502 } });
    const { clientSecret } = harness.simulator.application;
    const saved = await write({ client_secret: clientSecret });
    await control.clearFaults();

    expect(saved.status).toBe(200);
    expect(saved.json.checks.find((item: { id: string }) => item.id === 'client_secret')).toMatchObject({
      state: 'unknown',
    });
  });

  it('records names of what was changed, never a value', async () => {
    await write({ branding: { name: 'Recorded' } });
    const { json } = await operator.call('GET', '/audit?type=settings_changed');

    expect(json.items).toContainEqual(
      expect.objectContaining({ actor: { kind: 'operator' }, details: { fields: ['branding'] } }),
    );
    expect(JSON.stringify(json)).not.toContain('Recorded');
  });

  it('is closed to apps, to nobody in particular, and to whoever sends no proof', async () => {
    const app = await harness.wire.send('GET', '/integration', { key: harness.key });
    const nobody = await harness.wire.send('GET', '/integration');
    const noProof = await operator.call('PUT', '/integration', {}, { 'x-csrf-token': '', 'if-match': '"1"' });

    expect([app.status, app.json.code]).toEqual([403, 'operator_only']);
    expect([nobody.status, nobody.json.code]).toEqual([401, 'operator_unauthenticated']);
    expect([noProof.status, noProof.json.code]).toEqual([403, 'request_forged']);
  });
});
