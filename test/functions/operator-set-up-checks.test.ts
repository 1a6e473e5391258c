import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../shared/domain/secret.ts';
import { connectUser } from '../support/connected-user.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';

interface Check {
  readonly id: string;
  readonly state: string;
  readonly title: string;
  readonly detail: string;
  readonly mend?: { readonly text: string; readonly url?: string; readonly copy?: string };
}

/** Letters that make a credential wrong and leave its shape. */
const WRONG_BOT_TOKEN = 'b'.repeat(72);

describe('the checks of the set-up over HTTP', () => {
  const harness = useHarness();
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await signInOperator(harness);
  });
  afterEach(async () => {
    const { control } = harness.simulator;
    await control.clearFaults();
    await control.setIntents({ intents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] });
    await store({});
  });

  /** What lies in the secret, whatever Discord says of it. */
  const store = async (changes: { readonly clientSecret?: string; readonly botToken?: string | undefined }) => {
    const { clientId, clientSecret, botToken } = { ...harness.simulator.application, ...changes };
    await harness.edges.secretWriter.save({
      clientId,
      clientSecret: new Secret(clientSecret),
      ...(botToken === undefined ? {} : { botToken: new Secret(botToken) }),
    });
  };
  const checkAll = async () => {
    const { status, json } = await operator.call('POST', '/integration/checks', {});
    expect(status).toBe(200);
    return new Map((json.items as Check[]).map((check) => [check.id, check]));
  };
  const write = async (body: unknown) => {
    const { headers } = await operator.call('GET', '/integration');
    return await operator.call('PUT', '/integration', body, { 'if-match': String(headers['etag']) });
  };
  const page = () => `${harness.simulator.baseUrl}/developers/applications/${harness.simulator.application.clientId}`;

  it('are all right where all is right, and name each thing once', async () => {
    await connectUser(harness, { user: 'ada' });
    const checks = await checkAll();

    expect([...checks.keys()].toSorted()).toEqual([
      'api_key',
      'bot_application',
      'bot_token',
      'client_id',
      'client_secret',
      'code_grant',
      'first_connection',
      'intent_message_content',
      'intent_server_members',
      'redirect_uri',
      'return_origins',
      'scope_messages_read',
      'tenant',
    ]);
    const notOk = [...checks.values()].filter(({ state }) => state !== 'ok').map(({ id }) => id);
    // Every scope that is known is switched on for tests.
    expect(notOk).toEqual(['scope_messages_read']);
  });

  it.each([
    [['MESSAGE_CONTENT'], 'intent_server_members', 'list the members'],
    [['GUILD_MEMBERS'], 'intent_message_content', 'read what others have written'],
  ] as const)('warn when only %j is on', async (intents, id, lost) => {
    await harness.simulator.control.setIntents({ intents: [...intents] });
    const checks = await checkAll();

    expect(checks.get(id)).toMatchObject({ state: 'warning', mend: { url: `${page()}/bot` } });
    expect(checks.get(id)?.detail).toContain(lost);
    const states = [...checks.values()].filter((check) => check.id.startsWith('intent_')).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['ok', 'warning']);
  });

  it('find a redirect that is not registered, with the exact text to paste', async () => {
    const { control } = harness.simulator;
    const uri = `${harness.origin}/integration-callback`;
    await control.setRedirectUris({ redirect_uris: [`${uri}/`] });
    const missing = (await checkAll()).get('redirect_uri');
    await control.setRedirectUris({ redirect_uris: [uri] });

    expect(missing).toMatchObject({ state: 'failed', mend: { copy: uri, url: `${page()}/oauth2` } });
    expect(missing?.detail).toContain(`${uri}/`);
    expect((await checkAll()).get('redirect_uri')).toMatchObject({ state: 'ok' });
  });

  it('warn of messages.read while it is asked for, and allow it', async () => {
    const { scopes } = (await operator.call('GET', '/integration')).json;
    const without = await write({ scopes: ['identify', 'email', 'guilds'] });
    const saved = await write({ scopes: ['identify', 'email', 'guilds', 'messages.read'] });
    await write({ scopes });

    const ids = (answer: typeof saved) => (answer.json.checks as Check[]).map(({ id }) => id);
    expect([without.status, saved.status]).toEqual([200, 200]);
    expect(ids(without)).not.toContain('scope_messages_read');
    expect((saved.json.checks as Check[]).find(({ id }) => id === 'scope_messages_read')?.state).toBe('warning');
  });

  it('refuse a bot token of another application, by its id, and save nothing', async () => {
    const other = await harness.simulator.control.registerApplication({ name: '<b>Other</b>' });
    const before = await operator.call('GET', '/integration');
    const { status, json, text } = await write({ bot_token: other.bot_token });

    expect([status, json.code]).toEqual([422, 'settings_refused']);
    expect(json.errors).toEqual([
      {
        pointer: '/bot_token',
        detail: `belongs to application ${other.client_id}, not to ${harness.simulator.application.clientId}`,
      },
    ]);
    expect(text).not.toContain(other.bot_token);
    expect((await operator.call('GET', '/integration')).json).toEqual(before.json);
  });

  it('find a stored bot token of another application, whose name stays text', async () => {
    const other = await harness.simulator.control.registerApplication({ name: '<img src=x onerror=alert(1)>' });
    await store({ botToken: other.bot_token });
    const checks = await checkAll();

    expect(checks.get('bot_application')).toMatchObject({ state: 'failed', mend: { url: `${page()}/bot` } });
    expect(checks.get('bot_application')?.detail).toContain(
      `is of application ${other.client_id} (<img src=x onerror=alert(1)>)`,
    );
    const { headers } = await operator.call('POST', '/integration/checks', {});
    expect([headers['content-type'], headers['x-content-type-options']]).toEqual(['application/json', 'nosniff']);
  });

  it('find credentials that Discord does not take any more', async () => {
    await store({ clientSecret: 'w'.repeat(32), botToken: WRONG_BOT_TOKEN });
    const checks = await checkAll();

    expect(checks.get('client_secret')).toMatchObject({ state: 'failed', mend: { url: `${page()}/oauth2` } });
    expect(checks.get('bot_token')).toMatchObject({ state: 'failed', mend: { url: `${page()}/bot` } });
    // Without a bot nobody says what the application is like; a user may have come back all the same.
    expect(checks.has('code_grant')).toBe(false);
    expect(checks.get('redirect_uri')?.state).not.toBe('failed');
    expect(JSON.stringify([...checks.values()])).not.toContain(WRONG_BOT_TOKEN);
  });

  it('say that a bot token is missing, and what works without', async () => {
    await store({ botToken: undefined });

    expect((await checkAll()).get('bot_token')).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('messages, members, channels and webhooks need it') as string,
    });
  });

  it('say that they do not know while Discord is down, and blame nothing', async () => {
    const fault = { kind: 'answer', status: 502 } as const;
    for (const path of ['/api/oauth2/token', '/api/v10/applications/@me']) {
      await harness.simulator.control.addFault({ path, times: null, fault });
    }
    const checks = await checkAll();

    expect(checks.get('client_secret')).toMatchObject({ state: 'unknown' });
    expect(checks.get('bot_token')).toMatchObject({ state: 'unknown' });
    expect([...checks.values()].filter(({ state }) => state === 'failed')).toEqual([]);
  });

  it('save a bot token while Discord is down, and say so', async () => {
    await harness.simulator.control.addFault({
      path: '/api/v10/applications/@me',
      times: null,
      fault: { kind: 'answer', status: 502 },
    });
    const { status, json } = await write({ bot_token: WRONG_BOT_TOKEN });

    expect(status).toBe(200);
    expect((json.checks as Check[]).find(({ id }) => id === 'bot_token')).toMatchObject({ state: 'unknown' });
  });

  it('follow to another application: its bot joins without a code grant, and nobody has connected with it', async () => {
    const other = await harness.simulator.control.registerApplication({
      name: 'Open',
      redirect_uris: [`${harness.origin}/integration-callback`],
      bot_require_code_grant: false,
    });
    const moved = await write({ client_id: other.client_id, client_secret: other.client_secret });
    expect(moved.status).toBe(200);
    // The bot token was of the other application.
    expect(moved.json).toMatchObject({ client_id: other.client_id, bot_token: { is_set: false, set_at: null } });
    const withBot = await write({ bot_token: other.bot_token });
    const { application } = harness.simulator;
    const back = await write({
      client_id: application.clientId,
      client_secret: application.clientSecret,
      bot_token: application.botToken,
    });

    expect(back.status).toBe(200);
    const checks = new Map((withBot.json.checks as Check[]).map((check) => [check.id, check]));
    expect(checks.get('code_grant')).toMatchObject({
      state: 'warning',
      mend: { url: `${harness.simulator.baseUrl}/developers/applications/${other.client_id}/bot` },
    });
    expect(checks.get('redirect_uri')).toMatchObject({ state: 'ok' });
    expect(checks.get('first_connection')).toMatchObject({ state: 'unknown' });
    expect(back.json.checks.find(({ id }: Check) => id === 'code_grant')).toMatchObject({ state: 'ok' });
  });

  it('take no input', async () => {
    const field = await operator.call('POST', '/integration/checks', { client_secret: 'x'.repeat(32) });
    const query = await operator.call('POST', '/integration/checks?only=bot_token', {});

    expect([field.status, field.json.errors[0].pointer]).toEqual([400, '/client_secret']);
    expect([query.status, query.json.errors[0].parameter]).toEqual([400, 'only']);
  });
});
