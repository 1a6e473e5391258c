import { beforeAll, describe, expect, it } from 'vitest';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';

const DAY = 86_400;
const NO_KEY = '0123456789abcdef';

interface KeyJson {
  readonly id: string;
  readonly key: string;
  readonly [field: string]: unknown;
}

describe('API keys over HTTP', () => {
  const harness = useHarness();
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await signInOperator(harness);
    await operator.call('POST', '/tenants', { id: 'keys' });
  });

  const send = (body: Readonly<Record<string, unknown>>) => operator.call('POST', '/api-keys', body);
  const make = async (more: Readonly<Record<string, unknown>> = {}): Promise<KeyJson> => {
    const { status, json } = await send({ tenant_id: 'keys', name: 'web', ...more });
    expect(status).toBe(201);
    harness.knowSecret({ kind: 'API key', value: json.key, scope: 'logs' });
    return json as KeyJson;
  };
  const roll = (id: string, body: unknown = {}) => operator.call('POST', `/api-keys/${id}/roll`, body);
  const list = async (query = '?tenant_id=keys') => await operator.call('GET', `/api-keys${query}`);
  const find = async (id: string) =>
    (await list()).json.items.find((item: { id: string }) => item.id === id) as Record<string, unknown>;
  const use = async (key: string) => (await harness.wire.send('GET', '/connections', { key })).status;
  const inSeconds = (seconds: number) => new Date(harness.clock.nowEpochMs() + seconds * 1000).toISOString();

  it('are shown once, and work', async () => {
    const { key, ...made } = await make({ name: '<script>alert(1)</script>' });

    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      tenant_id: 'keys',
      name: '<script>alert(1)</script>',
      actions: null,
      created_at: inSeconds(0).replace(/\.\d+/, ''),
      expires_at: null,
      revoked_at: null,
      replaced_by: null,
      last_used_on: null,
      state: 'live',
    });
    const listed = await list();
    expect(listed.headers['content-type']).toContain('application/json');
    expect(listed.text).not.toContain(key);
    expect(listed.text).not.toContain(key.split('_').at(-1));
    expect(await find(made['id'])).toEqual(made);
    expect(await use(key)).toBe(200);
  });

  it('say on which day they were used last', async () => {
    const { id, key } = await make();
    await use(key);

    expect((await find(id))['last_used_on']).toBe(inSeconds(0).slice(0, 10));
  });

  it('are limited to actions and to a time', async () => {
    const made = await make({ actions: ['user.read', 'user.read'], expires_at: inSeconds(3600) });

    expect(made['actions']).toEqual(['user.read']);
    expect(made['expires_at']).toBe(inSeconds(3600).replace(/\.\d+/, ''));
    harness.clock.advanceSeconds(3601);
    expect(await use(made.key)).toBe(401);
    expect(await find(made.id)).toMatchObject({ state: 'ended', revoked_at: null });
  });

  it('are listed by tenant, or all of them', async () => {
    const { id } = await make();
    const ids = async (query: string) => (await list(query)).json.items.map((item: { id: string }) => item.id);

    expect(await ids('?tenant_id=keys')).toContain(id);
    expect(await ids('?tenant_id=default')).not.toContain(id);
    const all = (await list('')).json.items as { tenant_id: string }[];
    expect(new Set(all.map((item) => item.tenant_id))).toEqual(new Set(['default', 'keys']));
  });

  it('are rolled: both work for the overlap, then the new one', async () => {
    const old = await make({ actions: ['user.read'] });
    const { status, json } = await roll(old.id, { overlap_seconds: 600 });
    harness.knowSecret({ kind: 'API key', value: json.key, scope: 'logs' });

    expect(status).toBe(201);
    expect(json).toMatchObject({ name: 'web', actions: ['user.read'], state: 'live', replaced_by: null });
    expect(json.replaced).toMatchObject({ id: old.id, replaced_by: json.id, state: 'rolled' });
    expect(json.replaced).not.toHaveProperty('key');
    expect([await use(old.key), await use(json.key)]).toEqual([200, 200]);
    harness.clock.advanceSeconds(601);
    expect([await use(old.key), await use(json.key)]).toEqual([401, 200]);
    expect(await find(old.id)).toMatchObject({ state: 'ended', replaced_by: json.id });
    const again = await roll(old.id);
    expect([again.status, again.json.code]).toEqual([409, 'api_key_conflict']);
  });

  it('are rolled by one of two who do so at once', async () => {
    const old = await make();
    const both = await Promise.all([roll(old.id), roll(old.id)]);

    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const winner = both.find(({ status }) => status === 201)?.json;
    expect((await find(old.id))['replaced_by']).toBe(winner.id);
    const others = ((await list()).json.items as { id: string; created_at: string; state: string }[]).filter(
      ({ id, created_at, state }) => id !== old.id && created_at === old['created_at'] && state === 'live',
    );
    expect(others.map(({ id }) => id)).toEqual([winner.id]);
  });

  it('are revoked at once and for good; once more changes nothing', async () => {
    const { id, key } = await make();
    const revoke = async () => (await operator.call('DELETE', `/api-keys/${id}`)).status;

    expect(await revoke()).toBe(204);
    expect(await use(key)).toBe(401);
    const { revoked_at: revokedAt } = await find(id);
    harness.clock.advanceSeconds(5);
    expect(await revoke()).toBe(204);
    expect(await find(id)).toMatchObject({ state: 'revoked', revoked_at: revokedAt });
    const rolled = await roll(id);
    expect([rolled.status, rolled.json.code]).toEqual([409, 'api_key_conflict']);
  });

  it.each([
    ['no name', { tenant_id: 'keys' }, '/name'],
    ['an empty name', { tenant_id: 'keys', name: '' }, '/name'],
    ['a name of 61 characters', { tenant_id: 'keys', name: 'x'.repeat(61) }, '/name'],
    ['a name with a line break', { tenant_id: 'keys', name: 'a\nb' }, '/name'],
    ['a name that turns text around', { tenant_id: 'keys', name: 'a\u202eb' }, '/name'],
    ['no tenant', { name: 'web' }, '/tenant_id'],
    ['a tenant that cannot be', { tenant_id: 'KEYS', name: 'web' }, '/tenant_id'],
    ['an action that there is not', { tenant_id: 'keys', name: 'web', actions: ['user.read', 'user.fly'] }, '/actions'],
    ['no action at all', { tenant_id: 'keys', name: 'web', actions: [] }, '/actions'],
    ['actions as text', { tenant_id: 'keys', name: 'web', actions: 'user.read' }, '/actions'],
    ['an end without its offset', { tenant_id: 'keys', name: 'web', expires_at: '2099-01-01T00:00:00' }, '/expires_at'],
    ['an end in the past', { tenant_id: 'keys', name: 'web', expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
    [
      'an end in a hundred years',
      { tenant_id: 'keys', name: 'web', expires_at: '2126-01-01T00:00:00Z' },
      '/expires_at',
    ],
    ['a field that is not known', { tenant_id: 'keys', name: 'web', scopes: [] }, '/scopes'],
  ])('are not made with %s', async (_what, body, pointer) => {
    const before = (await list()).json.items.length;
    const { status, json } = await send(body);

    expect([status, json.code, json.errors[0].pointer]).toEqual([400, 'input_invalid', pointer]);
    expect((await list()).json.items).toHaveLength(before);
  });

  it.each([-1, 0.5, 30 * DAY + 1, '600', null])('are not rolled with an overlap of %j', async (overlap) => {
    const { id } = await make();
    const { status, json } = await roll(id, { overlap_seconds: overlap });

    expect([status, json.errors[0].pointer]).toEqual([400, '/overlap_seconds']);
    expect(await find(id)).toMatchObject({ state: 'live', replaced_by: null });
  });

  it.each([
    ['POST', `/api-keys/${NO_KEY}/roll`, {}, 404, 'api_key_not_found'],
    ['DELETE', `/api-keys/${NO_KEY}`, undefined, 404, 'api_key_not_found'],
    ['GET', '/api-keys?tenant_id=nobody', undefined, 404, 'tenant_not_found'],
    ['POST', '/api-keys', { tenant_id: 'nobody', name: 'web' }, 404, 'tenant_not_found'],
  ])('answer %s %s with what is not there', async (method, path, body, status, code) => {
    const answer = await operator.call(method, path, body);

    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it.each([
    ['GET', '/api-keys?tenant_id=KEYS', 'tenant_id'],
    ['GET', '/api-keys?tenant_id=keys&tenant_id=default', 'tenant_id'],
    ['GET', '/api-keys?state=live', 'state'],
    ['DELETE', `/api-keys/${NO_KEY}?force=true`, 'force'],
  ])('name the parameter that is wrong in %s %s', async (method, path, parameter) => {
    const { status, json } = await operator.call(method, path);

    expect([status, json.errors[0].parameter]).toEqual([400, parameter]);
  });

  it('do not repeat a key that somebody gives in place of its id', async () => {
    const { id, key } = await make();
    const answers = [await operator.call('DELETE', `/api-keys/${key}`), await roll(key)];

    for (const answer of answers) {
      expect([answer.status, answer.json.errors[0].parameter]).toEqual([400, 'key_id']);
      expect(answer.text).not.toContain(key);
    }
    expect((await find(id))['state']).toBe('live');
  });

  it('are recorded without the key', async () => {
    const { id, key } = await make({ name: 'recorded' });
    await operator.call('DELETE', `/api-keys/${id}`);
    const { text, json } = await operator.call('GET', '/audit?tenant_id=keys');

    const types = (json.items as { type: string; details?: { key_id?: string } }[])
      .filter(({ details }) => details?.key_id === id)
      .map(({ type }) => type);
    expect(types.toSorted()).toEqual(['api_key_created', 'api_key_revoked']);
    expect(text).not.toContain(key);
  });

  it.each([
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['POST', `/api-keys/${NO_KEY}/roll`],
    ['DELETE', `/api-keys/${NO_KEY}`],
  ])('are closed to apps: %s %s', async (method, path) => {
    const app = await harness.wire.send(method, path, { key: harness.key });

    expect([app.status, app.json.code]).toEqual([403, 'operator_only']);
  });
});
