import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { makeLimitedKey } from '../support/made-credentials.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { comeBack, countLiveTokens, expectProblem, RETURN_URL } from './connect-expectations.ts';

const harness = useHarness();
let operator: OperatorClient;
let otherKey: string;
beforeAll(async () => {
  operator = await signInOperator(harness);
  otherKey = await harness.makeTenant('other');
});

const idsOf = ({ json }: JsonAnswer): string[] => json.items.map(({ id }: { id: string }) => id);
const search = (query = '') => operator.call('GET', `/operator/connections${query}`);

/** Follows the cursors to the end. */
async function searchAll(query: string): Promise<{ ids: string[]; sizes: number[] }> {
  const [ids, sizes]: [string[], number[]] = [[], []];
  for (let cursor = ''; sizes.length < 60;) {
    const page = await search(`${query}${cursor}`);
    expect(page.status).toBe(200);
    ids.push(...idsOf(page));
    sizes.push(idsOf(page).length);
    if (page.json.next_cursor === undefined) return { ids, sizes };
    cursor = `&cursor=${encodeURIComponent(page.json.next_cursor)}`;
  }
  throw new Error(`no end of ${query}`);
}

describe('GET /operator/connections', () => {
  /** Three of `default`, two of `other`; one of each tenant is ada's. */
  let ada: string, grace: string, gone: string, otherAda: string, otherLinus: string;
  beforeAll(async () => {
    const connect = async (user_id: string, userId: string, key?: string) =>
      (await (await comeBack(harness, { user_id }, { userId }, key)).confirm()).json.id as string;
    ada = await connect('alice', SEED_USERS.ada.id);
    // Found by the app's user id and by the name at Discord.
    grace = await connect('grace', SEED_USERS.grace.id);
    gone = await connect('carol', SEED_USERS.mina.id);
    otherAda = await connect('alice', SEED_USERS.ada.id, otherKey);
    // The app's user is called as another's Discord account.
    otherLinus = await connect('ada.lovelace', SEED_USERS.linus.id, otherKey);
    expect((await harness.wire.send('DELETE', `/connections/${gone}`, { key: harness.key })).status).toBe(200);
  });

  it('lists those of all tenants, each as its app sees it and with its tenant', async () => {
    const all = await search();

    expect(idsOf(all).toSorted()).toEqual([ada, grace, gone, otherAda, otherLinus].toSorted());
    const shown = all.json.items.find(({ id }: { id: string }) => id === otherAda);
    const own = await harness.wire.send('GET', `/connections/${otherAda}`, { key: otherKey });
    expect(shown).toEqual({ ...own.json, tenant_id: 'other' });
    expect(all.text).not.toMatch(/sealed|v1\./);
  });

  it('filters by tenant and by status', async () => {
    expect(idsOf(await search('?tenant_id=other')).toSorted()).toEqual([otherAda, otherLinus].toSorted());
    expect(idsOf(await search('?status=disconnected'))).toEqual([gone]);
    expect(idsOf(await search('?status=active&tenant_id=default')).toSorted()).toEqual([ada, grace].toSorted());
    expect(idsOf(await search('?status=reconnect_required'))).toEqual([]);
  });

  it('finds by each kind of id, and by a part of a name in any case', async () => {
    const find = async (q: string, more = '') => idsOf(await search(`?q=${encodeURIComponent(q)}${more}`)).toSorted();

    expect(await find(grace)).toEqual([grace]);
    expect(await find('alice')).toEqual([ada, otherAda].toSorted());
    expect(await find('alice', '&tenant_id=other')).toEqual([otherAda]);
    expect(await find(SEED_USERS.linus.id)).toEqual([otherLinus]);
    expect(await find('LOVELACE')).toEqual([ada, otherAda].toSorted());
    expect(await find('ali')).toEqual([]);
    expect(await find(grace, '&tenant_id=other')).toEqual([]);
    expect(await find(gone, '&status=active')).toEqual([]);
    expect(await find('con_0123456789012345678901')).toEqual([]);
  });

  it('shows one that is found in two ways once, also over pages', async () => {
    const expected = [ada, otherAda, otherLinus].toSorted();

    expect((await searchAll('?q=ada.lovelace')).ids.toSorted()).toEqual(expected);
    expect((await searchAll('?q=ada.lovelace&limit=1')).ids.toSorted()).toEqual(expected);
    expect((await searchAll('?q=grace')).ids).toEqual([grace]);
    expect((await searchAll('?q=grace&limit=1')).ids).toEqual([grace]);
  });

  it('pages through all tenants, each connection once and no page too long', async () => {
    const { ids, sizes } = await searchAll('?limit=2');

    expect(ids.toSorted()).toEqual([ada, grace, gone, otherAda, otherLinus].toSorted());
    expect(Math.max(...sizes)).toBe(2);
  });

  it('does a bounded number of reads in one call and goes on with the cursor', async () => {
    await Promise.all(
      Array.from({ length: 25 }, (_, at) => harness.makeTenant(`empty-${String(at).padStart(2, '0')}`)),
    );
    const first = await search('?status=disconnected&tenant_id=default&q=nobody');
    const wide = await search('?q=nobody');

    expect([first.json.items, first.json.next_cursor]).toEqual([[], undefined]);
    expect([wide.json.items, typeof wide.json.next_cursor]).toEqual([[], 'string']);
    const { ids, sizes } = await searchAll('?q=linus');
    expect(ids).toEqual([otherLinus]);
    expect(sizes.length).toBeGreaterThan(1);
  });

  it('refuses the cursor of another search', async () => {
    const { next_cursor } = (await search('?limit=1')).json;
    for (const query of [`?limit=1&status=active&cursor=${next_cursor}`, `?q=x&cursor=${next_cursor}`, '?cursor=abc']) {
      const refused = await search(query);
      expectProblem(refused, 400, 'input_invalid');
      expect(refused.json.errors).toEqual([{ parameter: 'cursor', detail: 'is not a next_cursor of this search' }]);
    }
  });

  it.each([
    ['limit=0', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=101', 'limit', 'must be a whole number from 1 to 100'],
    ['status=open', 'status', 'must be one of active, reconnect_required, disconnected'],
    ['tenant_id=A', 'tenant_id', expect.stringContaining('must be a tenant id')],
    ['q=', 'q', 'must not be empty'],
    [`q=${'x'.repeat(129)}`, 'q', 'must be at most 128 characters'],
    ['user_id=a', 'user_id', 'is not known; known are tenant_id, status, q, limit, cursor'],
    ['q=a&q=b', 'q', 'stands there more than once'],
  ])('names what is wrong with ?%s', async (query, parameter, detail) => {
    const refused = await search(`?${query}`);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors[0]).toEqual({ parameter, detail });
  });

  it('says that a tenant is not there', async () => {
    expectProblem(await search('?tenant_id=nobody'), 404, 'tenant_not_found');
  });

  it('is for operators only', async () => {
    expectProblem(await harness.wire.send('GET', '/operator/connections'), 401, 'operator_unauthenticated');
    expectProblem(await harness.wire.send('GET', '/operator/connections', { key: harness.key }), 403, 'operator_only');
    expect((await harness.wire.send('GET', '/operator/connections', { key: operator.key })).status).toBe(200);
  });
});

describe('GET /operator/connections/{connection_id}', () => {
  it('shows the connection, its tokens’ end, who shares the authorization, and its history', async () => {
    const first = await connectUser(harness, { user: 'noor' });
    const second = await connectUser(harness, { user: 'noor', key: otherKey });
    const read = () => operator.call('GET', `/operator/connections/${first.connectionId}`);

    const shared = await read();
    expect(shared.status).toBe(200);
    expect(shared.json).toMatchObject({
      ...(await first.load()),
      tenant_id: 'default',
      connected_at: '2026-11-24T12:00:00Z',
      tokens_expire_at: '2026-12-01T12:00:00Z',
      is_revocation_owed: false,
      shared_with: 1,
      webhooks_owned: 0,
    });
    const { history } = shared.json;
    expect(history.map(({ type }: { type: string }) => type)[0]).toBe('connection_connected');
    expect(history[0]).toEqual({
      at: expect.stringMatching(/^2026-11-24T12:00:00\.\d{3}Z$/),
      type: 'connection_connected',
      actor: { kind: 'api_key', id: harness.key.split('_')[1] },
      tenant_id: 'default',
      connection_id: first.connectionId,
      details: expect.objectContaining({ scopes: ['identify', 'email', 'guilds'] }),
      position: expect.stringContaining('#'),
    });

    await operator.call('DELETE', `/operator/connections/${second.connectionId}`);
    expect((await read()).json.shared_with).toBe(0);

    // A part of a confirmation that died: no connection names it.
    const pk = `GRANT#${harness.simulator.application.clientId}#${first.discordUserId}`;
    const { members } = (await openStoredItems(harness).load(pk, 'GRANT')) as { members: Set<string> };
    const ghost = `${second.connectionId}:01234567:1`;
    await openStoredItems(harness).change(pk, 'GRANT', { members: new Set([...members, ghost]) });
    expect((await read()).json.shared_with).toBe(0);
    expect(shared.text).not.toMatch(/sealed|v1\./);
  });

  it('says nothing of a token’s end once there are no tokens', async () => {
    const user = await connectUser(harness, { user: 'noor' });
    await operator.call('DELETE', `/operator/connections/${user.connectionId}`);

    const { json } = await operator.call('GET', `/operator/connections/${user.connectionId}`);
    expect([json.status, json.tokens_expire_at]).toEqual(['disconnected', null]);
    expect(json.history.slice(0, 2).map(({ type }: { type: string }) => type)).toEqual([
      'connection_revoked',
      'connection_disconnected',
    ]);
  });

  it.each(['con_0123456789012345678901', 'x', '%00'])('does not know %s', async (id) => {
    expectProblem(await operator.call('GET', `/operator/connections/${id}`), 404, 'connection_not_found');
  });

  it('refuses a parameter', async () => {
    const user = await connectUser(harness);

    const refused = await operator.call('GET', `/operator/connections/${user.connectionId}?full=1`);
    expectProblem(refused, 400, 'input_invalid');
  });
});

describe('DELETE /operator/connections/{connection_id}', () => {
  it('disconnects, revokes at Discord, stops calls, and is the operator’s in the record; repeating it is safe', async () => {
    const user = await connectUser(harness, { user: 'solo' });
    const ended = await operator.call('DELETE', `/operator/connections/${user.connectionId}`);

    expect([ended.status, ended.json]).toEqual([
      200,
      expect.objectContaining({
        id: user.connectionId,
        tenant_id: 'default',
        status: 'disconnected',
        status_reason: 'disconnected_by_operator',
      }),
    ]);
    expect(await countLiveTokens(harness, user.discordUserId)).toBe(0);
    expect((await user.call()).status).toBe(409);
    const { json } = await operator.call('GET', `/audit?connection_id=${user.connectionId}&actor=operator`);
    expect(json.items.map(({ type }: { type: string }) => type)).toEqual(['connection_disconnected']);
    expect((await operator.call('DELETE', `/operator/connections/${user.connectionId}`)).status).toBe(200);
  });

  it('says that Discord is still owed the revocation, which then is shown, and goes on when it is repeated', async () => {
    const user = await connectUser(harness, { user: 'solo' });
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token/revoke',
      fault: { kind: 'answer', status: 503 },
    });
    const path = `/operator/connections/${user.connectionId}`;

    expectProblem(await operator.call('DELETE', path), 502, 'discord_unavailable');
    expect((await operator.call('GET', path)).json).toMatchObject({ status: 'disconnected', is_revocation_owed: true });
    expect((await operator.call('DELETE', path)).status).toBe(200);
    expect((await operator.call('GET', path)).json.is_revocation_owed).toBe(false);
  });

  it('needs the token of the page', async () => {
    const user = await connectUser(harness, { user: 'solo' });
    const path = `/operator/connections/${user.connectionId}`;

    expectProblem(await operator.call('DELETE', path, undefined, { 'x-csrf-token': 'x' }), 403, 'request_forged');
    expect((await user.call()).status).toBe(200);
  });
});

describe('GET /operator/connections/{connection_id}/actions', () => {
  const doctor = (user: ConnectedUser, query = '') =>
    operator.call('GET', `/operator/connections/${user.connectionId}/actions${query}`);
  const find = ({ json }: JsonAnswer, id: string) => json.items.find(({ action }: { action: string }) => action === id);

  it('tells of every action whether it works, and why not and who can mend it', async () => {
    const user = await connectUser(harness);
    const answer = await doctor(user);

    expect(answer.json.items.map(({ action }: { action: string }) => action)).toEqual(catalogue.map(({ id }) => id));
    const me = 'user.read';
    expect(find(answer, me)).toMatchObject({ is_allowed: true, would_work: true, problems: [] });
    expect(find(answer, me)).not.toHaveProperty('mended_by');
    expect(find(answer, 'user_connections.list')).toMatchObject({
      is_allowed: false,
      mended_by: 'end_user',
      problems: [{ code: 'scope_missing', missing: ['connections'], mended_by: 'end_user' }],
    });
    const { summary, effect, credential } = catalogue.find(({ id }) => id === me) ?? {};
    expect(find(answer, me)).toMatchObject({ group: 'user', summary, effect, credential });
    expect(new Set(answer.json.items.map(({ group }: { group: string }) => group))).toEqual(
      new Set(['user', 'guild', 'channel', 'message', 'webhook']),
    );
  });

  it('decides as it does for the app whose key has no limits, at a place', async () => {
    const user = await connectUser(harness);
    const query = '?guild_id=197038439483310086';
    const own = await harness.wire.send('GET', `/connections/${user.connectionId}/actions${query}`, {
      key: harness.key,
    });
    const answer = await doctor(user, query);

    const decisions = (items: { action: string; would_work: boolean; problems: { code: string }[] }[]) =>
      items.map(({ action, would_work, problems }) => [action, would_work, problems.map(({ code }) => code)]);
    expect(decisions(answer.json.items)).toEqual(decisions(own.json.items));
    expect(new Set(answer.json.items.map(({ would_work }: { would_work: boolean }) => would_work)).size).toBe(2);
  });

  it('says of a connection that has ended that each action fails by that, without asking Discord', async () => {
    const user = await connectUser(harness);
    await operator.call('DELETE', `/operator/connections/${user.connectionId}`);
    await harness.simulator.control.clearRequests();

    const { status, json } = await doctor(user);
    expect([status, json.items.length]).toEqual([200, catalogue.length]);
    expect(new Set(json.items.map(({ problems }: { problems: { code: string }[] }) => problems[0]?.code))).toEqual(
      new Set(['connection_disconnected']),
    );
    expect(json.items[0].mended_by).toBe('end_user');
    expect((await harness.simulator.control.listRequests({})).count).toBe(0);
  });

  it.each(['guild_id=x', 'channel_id=1', 'guild=1'])('refuses ?%s', async (query) => {
    expectProblem(await doctor(await connectUser(harness), `?${query}`), 400, 'input_invalid');
  });
});

describe('POST /operator/connections/{connection_id}/tokens', () => {
  const ask = async (user: ConnectedUser, body?: unknown) => {
    const answer = await operator.call('POST', `/operator/connections/${user.connectionId}/tokens`, body);
    if (typeof answer.json?.token === 'string') {
      harness.knowSecret({ kind: 'connection token', value: answer.json.token, scope: 'logs' });
    }
    return answer;
  };

  it('gives a token under the tenant’s newest key that works, with its limits, and records who asked', async () => {
    const { keyId } = await makeLimitedKey(harness, { actions: ['user.read'] });
    // The harness's own key is of the machine's time, which is another.
    await openStoredItems(harness).change(`APIKEY#${harness.key.split('_')[1] ?? ''}`, 'APIKEY', {
      createdAtEpochSeconds: 1,
    });
    const user = await connectUser(harness);
    const made = await ask(user);

    expect([made.status, made.json.key_id]).toEqual([201, keyId]);
    expect(Object.keys(made.json).toSorted()).toEqual(['expires_at', 'id', 'key_id', 'token']);
    const { token } = made.json as { token: string };
    expect((await user.call('/users/@me', { key: token })).status).toBe(200);
    expect((await user.call('/users/@me/guilds', { key: token })).status).toBe(403);
    const { json } = await operator.call(
      'GET',
      `/audit?connection_id=${user.connectionId}&type=connection_token_created`,
    );
    expect(json.items).toEqual([
      expect.objectContaining({
        actor: { kind: 'operator' },
        details: { token_id: made.json.id, key_id: keyId, expires_in_seconds: 3_600 },
      }),
    ]);
  });

  it('takes the key and the life that are asked for', async () => {
    const user = await connectUser(harness);
    const keyId = harness.key.split('_')[1];
    const made = await ask(user, { key_id: keyId, expires_in: 60 });

    expect([made.status, made.json.key_id]).toEqual([201, keyId]);
    expect((await user.call('/users/@me/guilds', { key: made.json.token })).status).toBe(200);
    harness.clock.advanceSeconds(60);
    expect((await user.call('/users/@me/guilds', { key: made.json.token })).status).toBe(401);
  });

  it('gives none under a key of another tenant, an unknown one, or one that has ended', async () => {
    const user = await connectUser(harness);
    const { keyId } = await makeLimitedKey(harness, { lifeSeconds: 60 });
    harness.clock.advanceSeconds(60);

    for (const key_id of [otherKey.split('_')[1], '0123456789abcdef']) {
      expectProblem(await ask(user, { key_id }), 404, 'api_key_not_found');
    }
    expectProblem(await ask(user, { key_id: keyId }), 409, 'api_key_conflict');
  });

  it('says that a key must be made first', async () => {
    const key = await harness.makeTenant('keyless');
    const user = await connectUser(harness, { key });
    await openStoredItems(harness).change(`APIKEY#${key.split('_')[1] ?? ''}`, 'APIKEY', {
      revokedAtEpochSeconds: 1,
    });

    const refused = await ask(user);
    expectProblem(refused, 409, 'api_key_conflict');
    expect(refused.json.detail).toContain('Make one first');
  });

  it.each([
    [{ key_id: 'dik_0123456789abcdef_x' }, '/key_id'],
    [{ expires_in: 59 }, '/expires_in'],
    [{ expires_in: '60' }, '/expires_in'],
    [{ actions: ['user.read'] }, '/actions'],
  ])('names what is wrong with %j', async (body, pointer) => {
    const refused = await ask(await connectUser(harness), body);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors[0].pointer).toBe(pointer);
  });

  it('gives none for a connection that has ended', async () => {
    const user = await connectUser(harness);
    await operator.call('DELETE', `/operator/connections/${user.connectionId}`);

    expectProblem(await ask(user), 409, 'connection_disconnected');
  });
});

describe('POST /operator/connections/{connection_id}/reconnect-links', () => {
  const ask = (user: ConnectedUser, body: unknown) =>
    operator.call('POST', `/operator/connections/${user.connectionId}/reconnect-links`, body);

  it('gives a link with which the user gets the same connection back, with the scopes that it has', async () => {
    const user = await connectUser(harness, { user: 'mina', scopes: ['identify', 'guilds', 'connections'] });
    await operator.call('DELETE', `/operator/connections/${user.connectionId}`);
    const made = await ask(user, { return_url: RETURN_URL });

    expect(made.status).toBe(201);
    const jar = new Map<string, string>();
    const opened = await harness.wire.openLink(made.json.authorize_url, jar);
    const location = new URL(opened.headers['location'] ?? '');
    expect(location.searchParams.get('scope')?.split(' ').toSorted()).toEqual(['connections', 'guilds', 'identify']);
    const returned = await harness.wire.returnFromDiscord(
      await harness.wire.consent(location.href, { userId: user.discordUserId }),
      jar,
    );
    const code = new URL(returned.headers['location'] ?? '').searchParams.get('confirmation_code') ?? '';
    const { user_id } = await user.load();
    const confirmed = await harness.wire.confirm(harness.key, made.json.id, user_id, code);
    expect(confirmed.json).toMatchObject({ id: user.connectionId, status: 'active' });
    const { json } = await operator.call(
      'GET',
      `/audit?connection_id=${user.connectionId}&type=connect_session_created`,
    );
    expect(json.items[0].actor).toEqual({ kind: 'operator' });
  });

  it('takes other scopes, if they are enabled, and a return URL that is allowed', async () => {
    const user = await connectUser(harness);

    expect((await ask(user, { return_url: RETURN_URL, scopes: ['guilds'] })).status).toBe(201);
    expectProblem(await ask(user, { return_url: RETURN_URL, scopes: ['nothing'] }), 400, 'scope_not_enabled');
    expectProblem(await ask(user, { return_url: 'https://evil.example' }), 400, 'return_url_not_allowed');
    expectProblem(await ask(user, {}), 400, 'input_invalid');
    expectProblem(await ask(user, { return_url: RETURN_URL, user_id: 'x' }), 400, 'input_invalid');
  });

  it('gives none for a tenant that is being deleted', async () => {
    const key = await harness.makeTenant('leaving');
    const user = await connectUser(harness, { key });
    await openStoredItems(harness).change('TENANT#leaving', 'TENANT', { deletingSinceEpochSeconds: 1 });

    expectProblem(await ask(user, { return_url: RETURN_URL }), 409, 'tenant_conflict');
  });
});
