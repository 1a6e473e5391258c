import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteKeyUse } from '../../shared/app/note-key-use.ts';
import { OperatorWorld } from './operator-world.ts';

let world: OperatorWorld;
beforeAll(async () => {
  world = await OperatorWorld.start();
  await world.run(['create-tenant', 'shop']);
});
afterAll(() => world.stop());

interface KeyJson {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Parses the answer of a run that must have worked. */
async function runJson(
  ...args: string[]
): Promise<KeyJson & { readonly items: KeyJson[]; readonly replaces: KeyJson }> {
  const run = await world.run([...args, '--json']);
  expect([run.code, run.stdout.trimEnd().split('\n').length]).toEqual([0, 1]);
  return JSON.parse(run.stdout) as KeyJson & { items: KeyJson[]; replaces: KeyJson };
}

const createKey = (...flags: string[]) => runJson('create-key', '--tenant', 'shop', ...flags);

const list = async (id: string) => (await runJson('list-keys', '--tenant', 'shop')).items.find((key) => key.id === id);

/** Seconds between two times of an answer. */
const between = (from: unknown, to: unknown) => (Date.parse(String(to)) - Date.parse(String(from))) / 1000;

describe('create-key with limits', () => {
  it('makes a key for named actions and a time, and says so', async () => {
    const run = await world.run([
      ...['create-key', '--tenant', 'shop', '--name', 'agent'],
      ...['--actions', 'user.read, user_guilds.list', '--expires-in=90d'],
    ]);

    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /^API key  dik_\S+\nid       \S+\ntenant   shop\nname     agent\nactions  user\.read, user_guilds\.list\nexpires  \S+Z\n$/,
    );
  });

  it('tells scripts the limits, and only those that there are', async () => {
    const limited = await createKey('--actions', 'user.read,user.read', '--expires-in', '30m');
    const unlimited = await createKey();

    expect(limited).toMatchObject({ actions: ['user.read'] });
    expect(between(limited['created_at'], limited['expires_at'])).toBe(1800);
    expect(Object.keys(unlimited).toSorted()).toEqual(['api_key', 'created_at', 'id', 'name', 'tenant']);
    expect(await list(limited.id)).toMatchObject({ actions: ['user.read'], expires_at: limited['expires_at'] });
  });

  it.each([
    [['--actions', 'user.read,users.read'], 'unknown action users.read; known are user.read, '],
    [['--actions', 'user.read,'], 'unknown action ; known are'],
    [['--expires-in', '90'], 'a duration is a whole number with m, h or d'],
    [['--expires-in', '2w'], 'a duration is a whole number with m, h or d'],
    [['--expires-in', '0d'], 'a key lives a minute at least'],
    [['--expires-in', '3651d'], 'a key lives a minute at least and ten years at most'],
  ])('refuses %j and makes none', async (flags, message) => {
    const before = (await runJson('list-keys', '--tenant', 'shop')).items.length;
    const run = await world.run(['create-key', '--tenant', 'shop', ...flags]);

    expect([run.code, run.stdout, run.stderr]).toEqual([1, '', expect.stringContaining(`operator: ${message}`)]);
    expect((await runJson('list-keys', '--tenant', 'shop')).items).toHaveLength(before);
  });
});

describe('list-keys', () => {
  it('shows when a key was first and last used', async () => {
    const { id } = await createKey('--name', 'used');
    const { edges } = world;
    const notedKeyUses = { get: () => undefined, set: () => undefined };
    await noteKeyUse({ ...edges, notedKeyUses }, { keyId: id, tenantId: 'shop' });

    const listed = await list(id);
    expect(between(listed?.['first_used_at'], listed?.['last_used_at'])).toBe(0);
    expect(Math.abs(between(listed?.['created_at'], listed?.['last_used_at']))).toBeLessThan(60);
    const { stdout } = await world.run(['list-keys', '--tenant', 'shop']);
    expect(stdout).toMatch(new RegExp(`\n${id}  used +\\S+Z  \\S+Z  never +no +- +all\n`));
  });

  it('shows none as used, expired or limited that is not', async () => {
    const { id, created_at } = await createKey('--name', 'fresh');

    expect(await list(id)).toEqual({ id, name: 'fresh', created_at });
  });
});

describe('roll-key', () => {
  it('shows a new key with the same name and limits, and lets the old one go on for a day', async () => {
    const old = await createKey('--name', 'web', '--actions', 'user.read');
    const run = await world.run(['roll-key', old.id]);
    const id = /^id +(\S+)$/m.exec(run.stdout)?.[1] ?? '';

    expect(run.stdout).toMatch(/^API key  dik_\S+\nid       \S+\ntenant   shop\nname     web\nactions  user\.read\n$/);
    expect(run.stderr).toMatch(/Keep the key now[^]*Key [0-9a-f]{16} works until \S+Z\.\n$/);
    const [replaced, fresh] = [await list(old.id), await list(id)];
    expect(replaced).toMatchObject({ replaced_by: id });
    expect(between(fresh?.['created_at'], replaced?.['expires_at'])).toBe(86_400);
    expect(fresh).not.toHaveProperty('expires_at');
  });

  it('takes another overlap, and tells scripts of both keys', async () => {
    const old = await createKey('--expires-in', '10d');
    const rolled = await runJson('roll-key', old.id, '--overlap', '3h');

    expect(rolled['api_key']).toMatch(/^dik_/);
    expect(rolled.replaces).toMatchObject({ id: old.id, replaced_by: rolled.id });
    expect(between(rolled['created_at'], rolled.replaces['expires_at'])).toBe(10_800);
    expect(between(rolled['created_at'], rolled['expires_at'])).toBe(864_000);
  });

  it('rolls a key once; the next time it is the turn of the one in its place', async () => {
    const old = await createKey();
    const second = await runJson('roll-key', old.id);
    const refused = await world.run(['roll-key', old.id]);

    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining(`operator: key ${old.id} was rolled already; roll ${second.id}\n`),
    ]);
    expect((await runJson('roll-key', second.id)).replaces.id).toBe(second.id);
  });

  it('rolls no key that has ended, none that is not there, and repeats no key in place of an id', async () => {
    const revoked = await createKey();
    await world.run(['revoke-key', revoked.id]);
    const ended = await createKey();
    await runJson('roll-key', ended.id, '--overlap', '0m');
    const secret = String((await createKey())['api_key']);
    const refusals = await Promise.all(
      [revoked.id, '0123456789abcdef', secret].map((id) => world.run(['roll-key', id])),
    );

    expect(refusals.map(({ stderr }) => stderr.split('\n')[1])).toEqual([
      `operator: key ${revoked.id} has ended; make a new one: create-key --tenant shop`,
      'operator: there is no key 0123456789abcdef',
      "operator: give the key's id (16 hex digits), not the key",
    ]);
    expect(JSON.stringify(refusals)).not.toContain(secret);
  });

  it.each([
    ['31d', 'the overlap is 30 days at most'],
    ['1y', 'a duration is a whole number with m, h or d'],
  ])('refuses an overlap of %s and leaves the key as it is', async (overlap, message) => {
    const { id } = await createKey('--name', 'stays');
    const run = await world.run(['roll-key', id, '--overlap', overlap]);

    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining(`operator: ${message}`)]);
    expect(await list(id)).not.toHaveProperty('replaced_by');
  });
});

describe('status', () => {
  it('does not count a key that has expired', async () => {
    await world.run(['create-tenant', 'lone']);
    await runJson('create-key', '--tenant', 'lone');
    const [key] = (await runJson('list-keys', '--tenant', 'lone')).items;
    await runJson('roll-key', key?.id ?? '', '--overlap', '0m');

    expect((await world.run(['status'])).stdout).toContain('lone: 1 key\n');
  });
});
