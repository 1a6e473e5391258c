import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_ID, CLIENT_SECRET, OperatorWorld } from './operator-world.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CONNECTION = 'con_AAAAAAAAAAAAAAAAAAAAAA';

let world: OperatorWorld;
let keyId: string;

/** Runs a command that must work, silently but for the line that says on what. */
async function done(...args: string[]): Promise<string> {
  const run = await world.run(args, { env: { DISCORD_CLIENT_SECRET: CLIENT_SECRET } });
  expect(run.code).toBe(0);
  return run.stdout;
}

/** Records of `audit --json`, one for each line, without their times. */
async function readJson(...args: string[]) {
  const stdout = await done('audit', '--json', '--order', 'oldest', ...args);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { at, ...record } = JSON.parse(line) as Record<string, unknown>;
      expect(at).toMatch(TIME);
      return record;
    });
}

beforeAll(async () => {
  world = await OperatorWorld.start();
  await done('set-credentials', '--client-id', CLIENT_ID);
  await done('create-tenant', 'acme');
  await done('create-tenant', 'other');
  keyId = /dik_([0-9a-f]{16})/.exec(await done('create-key', '--tenant', 'acme', '--name', 'web'))?.[1] ?? '';
  await done('set-confirmation', 'acme', 'off');
  await done('set-pkce', 'off');
  await done('revoke-key', keyId);
});
afterEach(() => {
  expect(world.aws.faults.unused()).toEqual([]);
  world.aws.faults.clear();
});
afterAll(() => world.stop());

describe('audit', () => {
  it('knows everything that an operator has done, in order, and no secret of it', async () => {
    const actor = { kind: 'operator' };
    const settings = (...fields: string[]) => ({ type: 'settings_changed', actor, details: { fields } });
    const acme = { actor, tenant: 'acme' };

    expect(await readJson()).toEqual([
      settings('client_id', 'scopes', 'return_origins', 'pkce'),
      settings('client_secret'),
      { type: 'tenant_created', ...acme, details: {} },
      { type: 'tenant_created', actor, tenant: 'other', details: {} },
      { type: 'api_key_created', ...acme, details: { key_id: keyId, name: 'web' } },
      { type: 'tenant_changed', ...acme, details: { is_confirmation_required: false } },
      settings('pkce'),
      { type: 'api_key_revoked', ...acme, details: { key_id: keyId } },
    ]);
  });

  it('shows one tenant, the installation alone, or one connection', async () => {
    const types = async (...args: string[]) => (await readJson(...args)).map(({ type }) => type);
    await world.edges.audit.record({
      type: 'connection_revoked',
      actor: { kind: 'system' },
      tenantId: 'other',
      connectionId: CONNECTION,
    });

    expect(await types('--tenant', 'other')).toEqual(['tenant_created', 'connection_revoked']);
    expect(new Set(await types('--tenant', '_installation'))).toEqual(new Set(['settings_changed']));
    expect(await types('--connection', CONNECTION)).toEqual(['connection_revoked']);
    expect(await types('--connection', CONNECTION, '--tenant', 'other')).toEqual(['connection_revoked']);
    expect(await types('--connection', CONNECTION, '--tenant', 'acme')).toEqual([]);
    expect(await types('--tenant', 'gone')).toEqual([]);
  });

  it('is a table for a person, the newest first, and says when there is more', async () => {
    const run = await world.run(['audit', '--tenant', 'acme', '--limit', '2']);

    const [heading, ...rows] = run.stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^time +event +by +tenant +connection +details$/);
    expect(rows.map((row) => row.split(/ {2,}/).slice(1))).toEqual([
      ['api_key_revoked', 'operator', 'acme', '-', `key_id=${keyId}`],
      ['tenant_changed', 'operator', 'acme', '-', 'is_confirmation_required=false'],
    ]);
    expect(run.stderr).toContain('There are more: raise --limit, or narrow the time with --from and --to.');
    expect((await world.run(['audit', '--tenant', 'acme', '--limit', '4'])).stderr).not.toContain('There are more');
    expect((await world.run(['audit', '--tenant', 'gone'])).stdout).toBe('No records.\n');
  });

  it('takes times with any offset, and leaves out what lies before and behind', async () => {
    const all = (await done('audit', '--json', '--order', 'oldest')).trimEnd().split('\n');
    const times = all.map((line) => (JSON.parse(line) as { at: string }).at);
    const [from = '', to = ''] = [times[2], times.at(-1)];
    const between = times.filter((at) => at >= from && at < to).length;
    const shifted = new Date(Date.parse(to) + 3_600_000).toISOString().replace('Z', '+01:00');

    expect(await readJson('--from', from, '--to', to)).toHaveLength(between);
    expect(await readJson('--from', from, '--to', shifted)).toHaveLength(between);
    expect(await readJson('--to', from)).toHaveLength(times.filter((at) => at < from).length);
  });

  it.each([
    [['--from', 'yesterday'], 'a time is RFC 3339 with an offset, as 2026-01-31T12:00:00Z'],
    [['--to', '2026-02-30T00:00:00Z'], 'a time is RFC 3339'],
    [['--to', '2026-01-31T12:00:00'], 'a time is RFC 3339'],
    [['--from', '2026-01-02T00:00:00Z', '--to', '2026-01-01T00:00:00Z'], 'the end of the time must lie behind'],
    [['--limit', '0'], 'the limit is a whole number from 1 to 1000'],
    [['--limit', '1001'], 'the limit is a whole number from 1 to 1000'],
    [['--limit', '1e2'], 'the limit is a whole number from 1 to 1000'],
    [['--order', 'random'], 'the order is one of newest, oldest'],
    [
      ['--tenant', 'Acme'],
      'give the id of a tenant (1 to 40 lower-case letters, digits and hyphens), or _installation',
    ],
    [['--connection', 'con_short'], 'a connection id is con_ and 22 letters'],
  ])('refuses %j and says what is allowed', async (args, message) => {
    const run = await world.run(['audit', ...args]);

    expect([run.code, run.stdout, run.stderr]).toEqual([1, '', expect.stringContaining(`operator: ${message}`)]);
  });

  it('does not record what changed nothing', async () => {
    const before = (await readJson()).length;
    await done('set-pkce', 'off');
    await done('revoke-key', keyId);
    await done('set-credentials', '--client-id', CLIENT_ID);

    expect(await readJson()).toHaveLength(before);
  });

  it('stores and records no secret when somebody else was first with the settings', async () => {
    const before = await readJson();
    world.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'INTEGRATION#',
      error: 'ConditionalCheckFailedException',
      times: 1,
    });
    const env = { DISCORD_CLIENT_SECRET: `${CLIENT_SECRET}x` };
    const run = await world.run(['set-credentials', '--client-id', CLIENT_ID], { env });

    expect(run.code).toBe(1);
    expect(await readJson()).toEqual(before);
    expect((await world.edges.secretWriter.load())?.clientSecret.reveal()).toBe(CLIENT_SECRET);
    await done('set-credentials', '--client-id', CLIENT_ID);
  });

  it('lets a command succeed whose record the table refuses, and warns of it', async () => {
    world.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'AUDIT#',
      error: 'AccessDeniedException',
      times: 1,
    });
    const run = await world.run(['create-tenant', 'unwritten']);

    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(
      /warning: audit_unwritten type=tenant_created tenant=unwritten actor=operator cause=AccessDeniedException\n/,
    );
    expect(await readJson('--tenant', 'unwritten')).toEqual([]);
  });
});

describe('set-audit-retention', () => {
  it('sets for how many days records are kept, and shows it', async () => {
    expect(await done('set-audit-retention', '30')).toBe('New audit records are kept for 30 days.\n');

    expect(await done('status')).toContain('audit records   kept for 30 days\n');
    expect((await readJson()).at(-1)).toMatchObject({ details: { fields: ['audit_retention_days'] } });
  });

  it.each(['0', '3651', '1.5', 'forever'])('refuses %s', async (days) => {
    const run = await world.run(['set-audit-retention', days]);

    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('a whole number of days, from 1 to 3650')]);
  });
});
