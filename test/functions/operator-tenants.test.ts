import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { connectUser } from '../support/connected-user.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
const GUILD = SEED_GUILDS.analyticalEngine.id;

describe('tenants over HTTP', () => {
  const harness = useHarness();
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await signInOperator(harness);
  });

  const make = (id: string) => operator.call('POST', '/tenants', { id });
  const read = (id: string) => operator.call('GET', `/tenants/${id}`);
  const listAudit = async (type: string, tenantId: string) =>
    (await operator.call('GET', `/audit?type=${type}&tenant_id=${tenantId}`)).json.items as Record<string, unknown>[];

  it('are made with confirmation on, shown and listed', async () => {
    const made = await make('shop');

    const tenant = {
      id: 'shop',
      is_confirmation_required: true,
      state: 'open',
      created_at: TIME,
      live_keys: 0,
      revoked_keys: 0,
    };
    expect([made.status, made.json]).toEqual([201, tenant]);
    expect((await read('shop')).json).toEqual(tenant);
    const { json } = await operator.call('GET', '/tenants');
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['default', 'shop']));
    expect(await listAudit('tenant_created', 'shop')).toMatchObject([{ actor: { kind: 'operator' } }]);
  });

  it('count their keys, the revoked ones apart', async () => {
    await make('counted');
    const ids: string[] = [];
    for (const name of ['one', 'two']) {
      ids.push((await operator.call('POST', '/api-keys', { tenant_id: 'counted', name })).json.id);
    }
    await operator.call('DELETE', `/api-keys/${ids[0] ?? ''}`);

    expect((await read('counted')).json).toMatchObject({ live_keys: 1, revoked_keys: 1 });
  });

  it('are there once', async () => {
    await make('once');
    const again = await make('once');

    expect([again.status, again.json.code]).toEqual([409, 'tenant_conflict']);
    expect(again.json.detail).toContain('There is a tenant once already');
  });

  it('let confirmation be switched off and on', async () => {
    await make('switched');
    const change = (isRequired: unknown) =>
      operator.call('PATCH', '/tenants/switched', { is_confirmation_required: isRequired });

    expect((await change(false)).json).toMatchObject({ id: 'switched', is_confirmation_required: false });
    expect((await read('switched')).json.is_confirmation_required).toBe(false);
    expect((await change(true)).json.is_confirmation_required).toBe(true);
    const wrong = await change('off');
    expect([wrong.status, wrong.json.errors[0].pointer]).toEqual([400, '/is_confirmation_required']);
    expect(await listAudit('tenant_changed', 'switched')).toHaveLength(2);
  });

  it.each([
    ['an upper-case letter', { id: 'Shop' }, '/id'],
    ['markup', { id: '<img src=x>' }, '/id'],
    ['41 characters', { id: 'a'.repeat(41) }, '/id'],
    ['no id', {}, '/id'],
    ['a number', { id: 7 }, '/id'],
    ['a field that is not known', { id: 'extra', name: 'Extra' }, '/name'],
  ])('are not made with %s', async (_what, body, pointer) => {
    const { status, json } = await operator.call('POST', '/tenants', body);

    expect([status, json.code, json.errors[0].pointer]).toEqual([400, 'input_invalid', pointer]);
  });

  it.each([
    ['GET', '/tenants/nobody', undefined],
    ['PATCH', '/tenants/nobody', { is_confirmation_required: true }],
    ['DELETE', '/tenants/nobody?confirm=nobody', undefined],
    ['POST', '/tenants/nobody/data-key', {}],
    ['GET', '/tenants/nobody/guilds', undefined],
    ['PUT', `/tenants/nobody/guilds/${GUILD}`, undefined],
    ['DELETE', `/tenants/nobody/guilds/${GUILD}`, undefined],
  ])('answer %s %s with 404 when there is none', async (method, path, body) => {
    const { status, json } = await operator.call(method, path, body);

    expect([status, json.code]).toEqual([404, 'tenant_not_found']);
  });

  it.each([
    ['GET', '/tenants/NOBODY', 'tenant_id'],
    ['GET', '/tenants?state=open', 'state'],
    ['GET', '/tenants/default?keys=true', 'keys'],
    ['GET', '/tenants/default/guilds?limit=1', 'limit'],
    ['PUT', '/tenants/default/guilds/my-guild', 'guild_id'],
    ['DELETE', '/tenants/default/guilds/0', 'guild_id'],
    ['DELETE', '/tenants/default', 'confirm'],
    ['DELETE', '/tenants/default?confirm=defaul', 'confirm'],
    ['DELETE', '/tenants/default?confirm=default&force=true', 'force'],
  ])('name the parameter that is wrong in %s %s, and change nothing', async (method, path, parameter) => {
    const { status, json } = await operator.call(method, path);

    expect([status, json.code, json.errors[0].parameter]).toEqual([400, 'input_invalid', parameter]);
    expect((await read('default')).json.state).toBe('open');
  });

  it('are deleted when their id is repeated: nothing of them is served from then on, and the sweep goes on', async () => {
    const key = await harness.makeTenant('leaving');
    const deleted = await operator.call('DELETE', '/tenants/leaving?confirm=leaving');

    expect([deleted.status, deleted.json]).toEqual([
      202,
      expect.objectContaining({ id: 'leaving', state: 'deleting' }),
    ]);
    expect((await harness.wire.send('GET', '/connections', { key })).status).toBe(401);
    const change = await operator.call('PATCH', '/tenants/leaving', { is_confirmation_required: false });
    expect([change.status, change.json.code]).toEqual([409, 'tenant_conflict']);
    const made = await operator.call('POST', '/api-keys', { tenant_id: 'leaving', name: 'late' });
    expect([made.status, made.json.code]).toEqual([409, 'tenant_conflict']);
    const again = await operator.call('DELETE', '/tenants/leaving?confirm=leaving');
    expect([again.status, again.json.state]).toEqual([202, 'deleting']);
    expect(await listAudit('tenant_deletion_started', 'leaving')).toHaveLength(1);

    harness.clock.advanceSeconds(10 * 60);
    await harness.sweep();
    operator = await signInOperator(harness);
    expect((await read('leaving')).json).toMatchObject({ state: 'pending_shred', shred_after: TIME, live_keys: 0 });
  });

  it('get another data key at once, and what is stored is sealed anew by the sweep', async () => {
    const key = await harness.makeTenant('sealed');
    const none = await operator.call('POST', '/tenants/sealed/data-key', {});
    expect([none.status, none.json.code]).toEqual([409, 'tenant_conflict']);
    const user = await connectUser(harness, { key, user: 'ada' });
    const items = openStoredItems(harness);
    const before = await items.load(`CONNECTION#${user.connectionId}`, 'CONNECTION');

    const rotated = await operator.call('POST', '/tenants/sealed/data-key', {});
    const pointer = await items.load('TENANT#sealed', 'DATAKEY');

    expect([rotated.status, rotated.json]).toEqual([201, { key_id: pointer?.['keyId'], is_resumed: false }]);
    expect(await items.load(`CONNECTION#${user.connectionId}`, 'CONNECTION')).toEqual(before);
    // While that is owed another one would help nobody.
    const resumed = await operator.call('POST', '/tenants/sealed/data-key', {});
    expect(resumed.json).toEqual({ key_id: rotated.json.key_id, is_resumed: true });
    await harness.sweep();
    const after = await items.load(`CONNECTION#${user.connectionId}`, 'CONNECTION');
    expect(after?.['sealedTokens']).not.toEqual(before?.['sealedTokens']);
    expect((await user.call('/users/@me', { key })).status).toBe(200);
    expect(await listAudit('tenant_key_rotated', 'sealed')).toHaveLength(1);
  });

  it('get guilds and lose them', async () => {
    await make('guilds');
    const path = `/tenants/guilds/guilds/${GUILD}`;
    const assigned = await operator.call('PUT', path);

    const guild = { guild_id: GUILD, source: 'operator', created_at: TIME };
    expect([assigned.status, assigned.json]).toEqual([200, guild]);
    expect((await operator.call('GET', '/tenants/guilds/guilds')).json).toEqual({ items: [guild] });
    expect((await operator.call('PUT', path)).status).toBe(200);
    expect((await operator.call('DELETE', path)).status).toBe(204);
    expect((await operator.call('GET', '/tenants/guilds/guilds')).json).toEqual({ items: [] });
    const again = await operator.call('DELETE', path);
    expect([again.status, again.json.code]).toEqual([409, 'tenant_conflict']);
    expect(await listAudit('guild_unassigned', 'guilds')).toHaveLength(1);
  });

  it.each([
    ['GET', '/tenants'],
    ['POST', '/tenants'],
    ['DELETE', '/tenants/default?confirm=default'],
    ['POST', '/tenants/default/data-key'],
    ['PUT', `/tenants/default/guilds/${GUILD}`],
  ])('are closed to apps: %s %s', async (method, path) => {
    const app = await harness.wire.send(method, path, { key: harness.key });

    expect([app.status, app.json.code]).toEqual([403, 'operator_only']);
  });
});
