import { describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { revokeApiKey } from '../../shared/app/operate-tenants.ts';
import { useHarness } from '../support/use-harness.ts';
import { ada, expectProblem, RETURN_URL, withoutRequestId } from './connect-expectations.ts';

const harness = useHarness();

const create = (input: Record<string, unknown>, key = harness.key) =>
  harness.wire.send('POST', '/connect-sessions', { key, json: { user_id: 'u', return_url: RETURN_URL, ...input } });

describe('POST /connect-sessions', () => {
  it('makes a link of ten minutes on the gateway’s own origin', async () => {
    const made = await create({});

    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      id: expect.stringMatching(/^cs_[A-Za-z0-9_-]{43}$/),
      authorize_url: `${harness.origin}/authorize?session=${made.json.id}`,
      expires_at: '2026-11-24T12:10:00Z',
    });
    expect(made.headers['cache-control']).toBe('no-store');
  });

  it('asks for identify, email and guilds when no scopes are named, and always for identify', async () => {
    const plain = await create({});
    const narrow = await create({ scopes: ['connections'] });

    const items = await harness.scanTable();
    const scopesOf = (id: string) => items.find((item) => item['id'] === id)?.['scopes'];
    expect(scopesOf(plain.json.id)).toEqual(['identify', 'email', 'guilds']);
    expect(scopesOf(narrow.json.id)).toEqual(['identify', 'connections']);
  });

  it('answers an unknown key, a wrong secret and a revoked key alike with 401', async () => {
    const revoked = await harness.makeKey('default');
    expect((await create({}, revoked)).status).toBe(201);
    expect((await revokeApiKey(harness.edges, revoked.split('_')[1] ?? '')).ok).toBe(true);
    const wrongSecret = `${harness.key.slice(0, -4)}AAAA`;
    const unknown = `dik_0123456789abcdef_${'A'.repeat(43)}`;

    const [first, ...others] = [await create({}, revoked), await create({}, wrongSecret), await create({}, unknown)];
    expectProblem(first, 401, 'caller_unknown');
    for (const answer of others) expect(withoutRequestId(answer)).toEqual(withoutRequestId(first));
    expectProblem(
      await harness.wire.send('POST', '/connect-sessions', { json: { user_id: 'u', return_url: RETURN_URL } }),
      401,
      'caller_missing',
    );
  });

  it('answers a connection_id of another tenant, of another user and of nobody alike [hostile 21]', async () => {
    const foreignKey = await harness.makeTenant('sessions-foreign');
    const foreign = await harness.wire.connect(
      foreignKey,
      { user_id: 'u', return_url: RETURN_URL },
      { userId: ada.id },
    );
    const own = await harness.wire.connect(harness.key, { user_id: 'v', return_url: RETURN_URL }, { userId: ada.id });

    const refused = await create({ connection_id: foreign.id });
    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors).toEqual([{ pointer: '/connection_id', detail: expect.any(String) }]);
    for (const connection_id of [own.id, 'con_0123456789012345678901', 'nonsense']) {
      expect(withoutRequestId(await create({ connection_id }))).toEqual(withoutRequestId(refused));
    }
    expect((await create({ user_id: 'v', connection_id: own.id })).status).toBe(201);
  });

  it('names the enabled scopes when one is asked that is not enabled', async () => {
    await changeIntegration(harness.edges, { scopes: ['identify', 'email', 'guilds'] });
    const refused = await create({ scopes: ['identify', 'connections', 'nonsense'] });
    await changeIntegration(harness.edges, { scopes: ['identify', 'email', 'guilds', 'connections', 'bot'] });

    expectProblem(refused, 400, 'scope_not_enabled');
    expect(refused.json.errors).toEqual([
      { pointer: '/scopes/1', detail: 'is not enabled; enabled are identify, email, guilds' },
      { pointer: '/scopes/2', detail: 'is not enabled; enabled are identify, email, guilds' },
    ]);
    expect((await create({ scopes: ['connections'] })).status).toBe(201);
  });

  const invalid: [string, Record<string, unknown>, string[]][] = [
    ['an unknown field', { colour: 'red', 'a/b~c': 1 }, ['/colour', '/a~1b~0c']],
    ['a field of the wrong type', { user_id: 7, scopes: 'identify' }, ['/user_id', '/scopes']],
    ['a missing field', { user_id: undefined }, ['/user_id']],
    ['an empty user_id', { user_id: '' }, ['/user_id']],
    ['an over-long user_id', { user_id: 'x'.repeat(129) }, ['/user_id']],
    ['an over-long return_url', { return_url: `${RETURN_URL}?${'x'.repeat(1500)}` }, ['/return_url']],
    ['an over-long scope', { scopes: ['x'.repeat(65)] }, ['/scopes/0']],
    ['too many scopes', { scopes: Array.from({ length: 33 }, (_, n) => `s${n}`) }, ['/scopes']],
    ['no scope at all', { scopes: [] }, ['/scopes']],
    ['a scope twice', { scopes: ['email', 'email'] }, ['/scopes']],
    ['an over-long connection_id', { connection_id: 'c'.repeat(65) }, ['/connection_id']],
    ['over-long permissions', { scopes: ['bot'], permissions: '1'.repeat(20) }, ['/permissions']],
    ['permissions that are no decimal number', { scopes: ['bot'], permissions: '0x8' }, ['/permissions']],
    ['permissions without the scope bot', { permissions: '8' }, ['/permissions']],
    ['a guild without a scope that needs one', { guild_id: '197038439483310086' }, ['/guild_id']],
    ['a guild that is no snowflake', { scopes: ['bot'], guild_id: 'general' }, ['/guild_id']],
  ];
  it.each(invalid)('points at %s', async (_what, input, pointers) => {
    const refused = await create(input);

    expect(refused.status).toBe(400);
    expect(refused.json.errors.map((error: { pointer: string }) => error.pointer)).toEqual(pointers);
    expectProblem(refused, 400, refused.json.code);
  });

  it('never makes a session when it refuses', async () => {
    const before = (await harness.scanTable()).length;
    await create({ colour: 'red' });
    await create({ return_url: 'https://evil.test/' });

    expect((await harness.scanTable()).length).toBe(before);
  });
});
