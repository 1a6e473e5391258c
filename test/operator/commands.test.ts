import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { authenticate } from '../../shared/app/authenticate.ts';
import { BOT_TOKEN, CLIENT_ID, CLIENT_SECRET, OperatorWorld } from './operator-world.ts';

const CREDENTIALS = JSON.stringify({ client_secret: CLIENT_SECRET, bot_token: BOT_TOKEN });

let world: OperatorWorld;
beforeAll(async () => {
  world = await OperatorWorld.start();
});
afterEach(() => {
  expect(world.aws.faults.unused()).toEqual([]);
  world.aws.faults.clear();
});
afterAll(() => world.stop());

/** Parses the answer of a run that must have worked. */
async function runJson(args: readonly string[], stdin = '') {
  const run = await world.run([...args, '--json'], { stdin });
  expect([run.code, run.stdout.trimEnd().split('\n').length]).toEqual([0, 1]);
  return JSON.parse(run.stdout) as Record<string, unknown> & { items: Record<string, unknown>[] };
}

describe('status', () => {
  it('says of a fresh installation what is missing, in order, and the command that mends each', async () => {
    const status = await runJson(['status']);

    expect(status).toEqual({
      client_id: null,
      client_secret_entered: false,
      bot_token_entered: false,
      scopes: [],
      return_origins: [],
      pkce: null,
      idle_expiry_days: null,
      credentials_rejected_since: null,
      revocations_owed: 0,
      last_sweep_at: null,
      audit_retention_days: 365,
      redirect_uri: 'http://localhost:3000/integration-callback',
      tenants: [],
      missing: [
        {
          reason: 'credentials_missing',
          what: 'client id and client secret',
          command: 'npm run operator -- set-credentials --client-id ID',
        },
        {
          reason: 'return_origins_missing',
          what: 'an origin to which users may be sent back',
          command: 'npm run operator -- set-return-origins https://YOUR-APP',
        },
        { reason: 'tenant_missing', what: 'a tenant', command: 'npm run operator -- create-tenant default' },
      ],
    });
  });

  it('leads from nothing to ready when its commands are followed, and never shows a secret', async () => {
    await runJson(['set-credentials', '--client-id', CLIENT_ID], CREDENTIALS);
    await runJson(['set-return-origins', 'https://app.example.com']);
    await runJson(['create-tenant', 'first']);
    const almost = await world.run(['status']);
    await runJson(['create-key', '--tenant', 'first']);
    const ready = await world.run(['status']);

    expect(almost.stdout).toContain('- an API key\n    npm run operator -- create-key --tenant first\n');
    expect(ready.stdout).toBe(`client id       ${CLIENT_ID}
client secret   entered
bot token       entered
scopes          identify, email, guilds
return origins  https://app.example.com
PKCE            on
audit records   kept for 365 days
idle expiry     off
last sweep      no pass yet
revocations     0 owed to Discord
redirect URI    http://localhost:3000/integration-callback (add it at Discord under OAuth2, Redirects)
tenants         first: 1 key

Everything that a user needs to connect is set up.
`);
  });

  it('notices that the stored client secret belongs to another application than the settings', async () => {
    // What a change of credentials leaves that breaks off between its two writes.
    const { clientSecret } = (await world.edges.secretWriter.load()) ?? {};
    if (clientSecret === undefined) throw new Error('no credentials');
    await world.edges.secretWriter.save({ clientId: '1157382094513872927', clientSecret });
    const { missing } = await runJson(['status']);
    await runJson(['set-credentials', '--client-id', CLIENT_ID], CREDENTIALS);

    expect(missing).toEqual([
      expect.objectContaining({
        reason: 'credentials_of_another_application',
        what: expect.stringContaining('application 1157382094513872927') as string,
      }),
    ]);
    expect((await runJson(['status']))['missing']).toEqual([]);
  });
});

describe('set-credentials', () => {
  it('stores client secret and bot token in Secrets Manager and says which redirect URI to add', async () => {
    const run = await world.run(['set-credentials', '--client-id', CLIENT_ID], { stdin: CREDENTIALS });

    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('http://localhost:3000/integration-callback') as string,
    });
    const stored = await world.edges.secretWriter.load();
    expect([stored?.clientId, stored?.clientSecret.reveal(), stored?.botToken?.reveal()]).toEqual([
      CLIENT_ID,
      CLIENT_SECRET,
      BOT_TOKEN,
    ]);
  });

  it('keeps the stored bot token when only the client secret is entered anew', async () => {
    const env = { DISCORD_CLIENT_SECRET: CLIENT_SECRET };
    expect((await world.run(['set-credentials', '--client-id', CLIENT_ID], { env })).code).toBe(0);

    expect((await world.edges.secretWriter.load())?.botToken?.reveal()).toBe(BOT_TOKEN);
  });

  it('drops the bot token with another application, and warns of those who connected with the first', async () => {
    const env = { DISCORD_CLIENT_SECRET: CLIENT_SECRET };
    const run = await world.run(['set-credentials', '--client-id', '1157382094513872999'], { env });

    expect(run.stderr).toContain(`warning: it was application ${CLIENT_ID} before`);
    expect((await world.edges.secretWriter.load())?.botToken).toBeUndefined();
    await runJson(['set-credentials', '--client-id', CLIENT_ID], CREDENTIALS);
  });

  it.each([
    ['a client id that is no number', 'my-app', CREDENTIALS, 'the client id is the number'],
    [
      'a client secret with a space',
      CLIENT_ID,
      '{"client_secret":"two words are too many"}',
      'the client secret is 16',
    ],
    ['a short client secret', CLIENT_ID, '{"client_secret":"fifteen-letters"}', 'the client secret is 16'],
    [
      'a bot token with its prefix',
      CLIENT_ID,
      JSON.stringify({ client_secret: CLIENT_SECRET, bot_token: `Bot ${BOT_TOKEN}` }),
      'the bot token is',
    ],
    ['no client secret at all', CLIENT_ID, '', 'no client secret was given'],
    ['an empty client secret', CLIENT_ID, '{"client_secret":""}', 'no client secret was given'],
    ['no JSON', CLIENT_ID, CLIENT_SECRET, 'standard input is not JSON'],
    [
      'a misspelt field',
      CLIENT_ID,
      JSON.stringify({ clientSecret: CLIENT_SECRET }),
      'standard input has not the wanted fields',
    ],
    [
      'a secret that is no text',
      CLIENT_ID,
      '{"client_secret":1234567890123456}',
      'standard input has not the wanted fields',
    ],
    ['another file', CLIENT_ID, `"${'x'.repeat(70_000)}"`, 'standard input is too long'],
  ])('refuses %s and changes nothing', async (_what, clientId, stdin, message) => {
    const writes = world.aws.requests.count('secretsManager', 'PutSecretValue');
    const run = await world.run(['set-credentials', '--client-id', clientId], { stdin });

    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr.split('\n')[1]).toMatch(new RegExp(`^operator: ${message}`));
    expect(world.aws.requests.count('secretsManager', 'PutSecretValue')).toBe(writes);
  });
});

describe('set-scopes, set-return-origins, set-pkce', () => {
  it('replaces the scopes, each once, and warns that messages.read opens nothing over HTTP', async () => {
    const run = await world.run(['set-scopes', 'identify, email,guilds,messages.read,email', '--json']);

    expect(JSON.parse(run.stdout)).toMatchObject({ scopes: ['identify', 'email', 'guilds', 'messages.read'] });
    expect(run.stderr).toContain('warning: messages.read opens nothing over HTTP');
    expect((await world.run(['set-scopes', 'identify,email,guilds,connections'])).stderr).not.toContain('warning');
  });

  it.each([
    ['identify,email,guilds,admin', 'unknown scope admin; known are identify, email, guilds, guilds.members.read'],
    ['identify,,email,guilds', 'unknown scope '],
    ['identify,guilds', 'the scopes identify, email, guilds are the minimum; missing: email'],
  ])('refuses the scopes %s', async (scopes, message) => {
    const run = await world.run(['set-scopes', scopes]);

    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining(`operator: ${message}`)]);
  });

  it('replaces the return origins, also by any port of this machine while the gateway is local', async () => {
    const answer = await runJson(['set-return-origins', 'https://a.example,https://b.example:8443,http://localhost:*']);

    expect(answer['return_origins']).toEqual(['https://a.example', 'https://b.example:8443', 'http://localhost:*']);
  });

  it.each([
    'https://a.example/',
    'https://a.example/back',
    'a.example',
    'http://a.example',
    'https://u@a.example',
    'javascript:alert(1)',
    'https://a.example,',
  ])('refuses the return origins %s and keeps those that are stored', async (origins) => {
    const before = (await runJson(['status']))['return_origins'];
    const run = await world.run(['set-return-origins', origins]);

    expect([run.code, run.stdout]).toEqual([1, '']);
    expect((await runJson(['status']))['return_origins']).toEqual(before);
  });

  it('switches PKCE off with a warning, and on without', async () => {
    const off = await world.run(['set-pkce', 'off']);
    expect([off.stdout, (await runJson(['status']))['pkce']]).toEqual(['PKCE is off.\n', false]);
    const on = await world.run(['set-pkce', 'on']);

    expect(off.stderr).toContain('warning: without PKCE');
    expect([on.stderr.includes('warning'), (await runJson(['status']))['pkce']]).toEqual([false, true]);
  });

  it('refuses settings of an integration that has no credentials yet, and a change over another one', async () => {
    const fresh = await OperatorWorld.start();
    try {
      const early = await fresh.run(['set-pkce', 'off']);
      expect(early.stderr).toContain('operator: enter client id and client secret first');
    } finally {
      await fresh.stop();
    }
    world.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'INTEGRATION#',
      error: 'ConditionalCheckFailedException',
      times: 1,
    });
    const raced = await world.run(['set-pkce', 'off']);
    expect(raced.stderr).toContain('operator: someone else has just changed the settings');
  });
});

describe('tenants', () => {
  it('makes a tenant that confirms, once, and lists all of them by id', async () => {
    const made = await runJson(['create-tenant', 'zeta-2']);
    await runJson(['create-tenant', 'alpha']);
    const again = await world.run(['create-tenant', 'alpha']);

    expect(made).toEqual({
      id: 'zeta-2',
      confirmation_required: true,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      state: 'open',
    });
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('there is a tenant alpha already')]);
    const ids = (await runJson(['list-tenants'])).items.map(({ id }) => id);
    expect(ids).toEqual(['alpha', 'first', 'zeta-2']);
    expect((await world.run(['list-tenants'])).stdout).toMatch(
      /^tenant +confirmation +created +state\nalpha +on +\d{4}-\S+ +open\n/,
    );
  });

  it.each(['Upper', '-x', 'a_b', 'a'.repeat(41), 'ü'])('refuses the tenant id %s', async (id) => {
    const run = await world.run(['create-tenant', '--', id]);

    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('operator: a tenant id is 1 to 40')]);
  });

  it('switches confirmation off only with a plain word of what is lost', async () => {
    const off = await world.run(['set-confirmation', 'alpha', 'off']);
    expect(await world.edges.tenants.load('alpha')).toMatchObject({ isConfirmationRequired: false });
    expect(off.stdout).toBe('Confirmation is off for new connect sessions of tenant alpha.\n');
    expect(off.stderr).toMatch(/warning: without confirmation nobody checks[^]*attacker[^]*set-confirmation alpha on/);
    expect((await world.run(['status'])).stdout).toContain('alpha: 0 keys, confirmation off');

    const on = await world.run(['set-confirmation', 'alpha', 'on']);
    expect(await world.edges.tenants.load('alpha')).toMatchObject({ isConfirmationRequired: true });
    expect(on.stderr).not.toContain('warning');
  });

  it('refuses to switch confirmation of a tenant that is not there', async () => {
    const run = await world.run(['set-confirmation', 'nobody', 'off']);

    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('operator: there is no tenant nobody')]);
  });
});

describe('API keys', () => {
  const authenticateWith = async (key: string) =>
    (await authenticate(world.edges.clock, key, async (keyId) => ({ key: await world.edges.apiKeys.load(keyId) }))).ok;

  it('shows a key once, which works until it is revoked; lists say only that it was there', async () => {
    await runJson(['create-tenant', 'shop']);
    const run = await world.run(['create-key', '--tenant', 'shop', '--name', 'web back end']);
    const key = /dik_\S+/.exec(run.stdout)?.[0] ?? '';
    const id = key.split('_')[1] ?? '';
    expect(run.stdout).toBe(`API key  ${key}\nid       ${id}\ntenant   shop\nname     web back end\n`);
    expect(run.stderr).toContain('Keep the key now: only its hash is stored, and it is not shown again.');
    expect(await authenticateWith(key)).toBe(true);

    const revoked = await world.run(['revoke-key', id]);
    const listed = await world.run(['list-keys', '--tenant', 'shop']);

    expect(revoked).toMatchObject({
      code: 0,
      stdout: `Key ${id} is revoked. It is refused from the next request on.\n`,
    });
    expect(await authenticateWith(key)).toBe(false);
    expect(listed.stdout).toMatch(
      new RegExp(
        `^id +name +created +last used +expires +revoked +replaced by +actions\n${id}  web back end  \\S+Z  never +never +\\S+Z  - +all\n$`,
      ),
    );
    expect(listed.stdout + revoked.stdout).not.toContain(key);
    expect(listed.stdout).not.toContain((await world.edges.apiKeys.load(id))?.hash);
  });

  it('gives scripts the key as JSON, and lists without it', async () => {
    const made = await runJson(['create-key', '--tenant', 'shop']);
    const { items } = await runJson(['list-keys', '--tenant', 'shop']);

    expect(Object.keys(made).toSorted()).toEqual(['api_key', 'created_at', 'id', 'name', 'tenant']);
    expect(await authenticateWith(String(made['api_key']))).toBe(true);
    expect(items).toContainEqual({ id: made['id'], name: 'unnamed', created_at: made['created_at'] });
    expect(items.map((item) => Object.keys(item).length).toSorted()).toEqual([3, 4]);
  });

  it('keeps the first time of a revocation that is repeated', async () => {
    const { items } = await runJson(['list-keys', '--tenant', 'shop']);
    const id = items.find((item) => 'revoked_at' in item)?.['id'];
    const before = await world.edges.apiKeys.load(String(id));
    await runJson(['revoke-key', String(id)]);

    expect(await world.edges.apiKeys.load(String(id))).toEqual(before);
  });

  it.each([
    [['create-key', '--tenant', 'nobody'], 'there is no tenant nobody'],
    [['list-keys', '--tenant', 'nobody'], 'there is no tenant nobody'],
    [['create-key', '--tenant', 'shop', '--name', 'n'.repeat(61)], 'a key name is 1 to 60'],
    [['create-key', '--tenant', 'shop', '--name', 'two\nlines'], 'a key name is 1 to 60'],
    [['revoke-key', '0123456789abcdef'], 'there is no key 0123456789abcdef'],
    [['revoke-key', '0123456789ABCDEF'], "give the key's id (16 hex digits), not the key"],
  ])('refuses %j', async (args, message) => {
    const run = await world.run(args);

    expect([run.code, run.stdout, run.stderr]).toEqual([1, '', expect.stringContaining(`operator: ${message}`)]);
  });

  it('repeats no key that is given in place of an id or a tenant', async () => {
    const key = String((await runJson(['create-key', '--tenant', 'shop']))['api_key']);
    const runs = [await world.run(['revoke-key', key]), await world.run(['list-keys', '--tenant', key])];

    expect(runs.map(({ code }) => code)).toEqual([1, 1]);
    expect(runs.map(({ stdout, stderr }) => stdout + stderr).join()).not.toContain(key);
  });
});
