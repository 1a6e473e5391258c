import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionDefinition } from '../../../shared/catalogue/action.ts';
import { catalogue } from '../../../shared/catalogue/index.ts';
import { parseActionCall } from '../../../shared/http/action-call.ts';

const PREFIX = '/connections/con_aaaaaaaaaaaaaaaaaaaaaa/api/v10';
const GUILD = '197038439483310086';

function call(path: string, query = '', method = 'GET') {
  return parseActionCall(catalogue, method, `${PREFIX}${path}`, new URLSearchParams(query));
}

function failureOf(...request: Parameters<typeof call>): unknown {
  const parsed = call(...request);
  return parsed.ok ? parsed.value.discordPath : parsed.failure;
}

describe('parseActionCall', () => {
  it.each([
    ['/users/@me', '', 'user.read', '/api/v10/users/@me'],
    ['/users/@me/connections', '', 'user_connections.list', '/api/v10/users/@me/connections'],
    ['/users/@me/guilds', '', 'user_guilds.list', '/api/v10/users/@me/guilds'],
    [
      '/users/@me/guilds',
      `limit=200&after=${GUILD}&with_counts=true`,
      'user_guilds.list',
      `/api/v10/users/@me/guilds?limit=200&after=${GUILD}&with_counts=true`,
    ],
    [`/users/@me/guilds/${GUILD}/member`, '', 'user_guild_member.read', `/api/v10/users/@me/guilds/${GUILD}/member`],
  ])('finds GET %s?%s and builds its path at Discord', (path, query, id, discordPath) => {
    const parsed = call(path, query);

    expect(parsed.ok && [parsed.value.action.id, parsed.value.discordPath]).toEqual([id, discordPath]);
  });

  it.each([
    '/users',
    '/users/@me/guilds/',
    '/users/@me/applications',
    `/users/${GUILD}`,
    '/Users/@me',
    '/users/@ME',
    '/oauth2/@me',
    '',
    '/users/@me/guilds/1/member/extra',
  ])('knows no action at %j', (path) => {
    expect(failureOf(path)).toMatchObject({ reason: path.endsWith('/') ? 'input_path_invalid' : 'action_unknown' });
  });

  it.each(['POST', 'DELETE', 'PATCH', 'PUT', 'HEAD', 'OPTIONS', 'get', 'GET ', ''])(
    'does not take %j for GET [hostile 25]',
    (method) => {
      expect(failureOf('/users/@me', '', method)).toEqual({ reason: 'method_not_allowed', allowed: ['GET'] });
    },
  );

  /** As API Gateway delivers them: decoded once. */
  it.each([
    ['..', '/users/@me/guilds/../../..'],
    ['. as the id', '/users/@me/guilds/./member'],
    ['.. as the id', '/users/@me/guilds/../member'],
    ['an empty segment', '/users//@me'],
    ['an empty id', '/users/@me/guilds//member'],
    ['two slashes in front', '//users/@me'],
    ['a slash in the id (%2F)', `/users/@me/guilds/${GUILD}/../1/member`],
    ['a backslash (%5C)', `/users/@me/guilds/${GUILD}\\..\\1/member`],
    ['a null character (%00)', `/users/@me/guilds/${GUILD}\u0000/member`],
    ['CR and LF', `/users/@me/guilds/${GUILD}\r\nHost: evil.example/member`],
    ['a tab', `/users/@me/guilds/${GUILD}\t/member`],
    ['what was encoded twice (%252e%252e)', '/users/@me/guilds/%2e%2e/member'],
    ['a slash that was encoded twice', `/users/@me/guilds/${GUILD}%2f1/member`],
    ['..; as some servers read it', '/users/@me/guilds/..;/member'],
    ['a path parameter', `/users/@me/guilds/${GUILD};a=b/member`],
    ['another host', `/users/@me/guilds/${GUILD}@evil.example/member`],
    ['a trailing dot', `/users/@me/guilds/${GUILD}./member`],
    ['a query in the path', `/users/@me/guilds/${GUILD}?limit=1/member`],
    ['a fragment in the path', `/users/@me/guilds/${GUILD}#/member`],
    ['a space', `/users/@me/guilds/ ${GUILD}/member`],
    ['a zero-width space', `/users/@me/guilds/${GUILD}\u200b/member`],
    ['other digits', `/users/@me/guilds/${GUILD.replace('1', '\u0661')}/member`],
    ['full-width digits', `/users/@me/guilds/${'\uff11'.repeat(18)}/member`],
    ['a lone surrogate', '/users/@me/guilds/\ud800/member'],
    ['@me for a guild', '/users/@me/guilds/@me/member'],
    ['a short id', '/users/@me/guilds/1/member'],
    ['an id with a leading zero', `/users/@me/guilds/0${GUILD}/member`],
    ['21 digits', `/users/@me/guilds/${'1'.repeat(21)}/member`],
    ['an id beyond 2^64', '/users/@me/guilds/18446744073709551616/member'],
    ['a negative id', `/users/@me/guilds/-${GUILD}/member`],
    ['a number in another notation', '/users/@me/guilds/1e17/member'],
  ])('refuses %s before anything is sent [hostile 23]', (_, path) => {
    const parsed = call(path);

    expect(parsed.ok ? parsed.value.discordPath : parsed.failure.reason).toMatch(
      /^(input_path_invalid|action_unknown)$/,
    );
    expect(JSON.stringify(parsed)).not.toContain('evil');
  });

  it.each([
    ['an unknown parameter', 'limit=1&token=x', 'token'],
    ['a parameter in another case', 'Limit=1', 'Limit'],
    ['one parameter twice', 'limit=1&limit=2', 'limit'],
    ['a limit of 0', 'limit=0', 'limit'],
    ['a limit above', 'limit=201', 'limit'],
    ['an empty value', 'limit=', 'limit'],
    ['no number', 'limit=ten', 'limit'],
    ['a number with a sign', 'limit=%2B5', 'limit'],
    ['another parameter inside the value', 'after=1%26limit%3D5', 'after'],
    ['a line break', `after=${GUILD}%0d%0a`, 'after'],
    ['something that is no boolean', 'with_counts=yes', 'with_counts'],
  ])('refuses %s in the query and names it', (_, query, parameter) => {
    expect(failureOf('/users/@me/guilds', query)).toMatchObject({ reason: 'input_invalid', errors: [{ parameter }] });
  });

  it('takes no query where the action has none', () => {
    expect(failureOf('/users/@me', 'x=1')).toMatchObject({
      errors: [{ parameter: 'x', detail: 'is not a parameter of this action; none is taken' }],
    });
  });

  it('names every fault of a query at once and clips long names', () => {
    expect(failureOf('/users/@me/guilds', `${'x'.repeat(100)}=1&limit=0&after=1`)).toMatchObject({
      errors: [{ parameter: 'x'.repeat(64) }, { parameter: 'after' }, { parameter: 'limit' }],
    });
  });

  const segments = fc.oneof(
    fc.constantFrom(
      'users',
      '@me',
      'guilds',
      'member',
      'connections',
      GUILD,
      '',
      '.',
      '..',
      '%2e%2e',
      '..;',
      '\\',
      '@evil',
    ),
    fc.string({ unit: 'binary' }),
    fc.bigInt({ min: 0n, max: 2n ** 66n }).map(String),
  );
  const paths = fc.oneof(
    fc.array(segments, { maxLength: 7 }).map((parts) => parts.map((part) => `/${part}`).join('')),
    segments.map((segment) => `/users/@me/guilds/${segment}/member`),
    segments.map((segment) => `/users/@me${segment}`),
    fc.constantFrom('/users/@me', '/users/@me/guilds', `/users/@me/guilds/${GUILD}/member`),
  );
  const queries = fc.oneof(
    fc.constantFrom<[string, string][]>(
      [],
      [['limit', '5']],
      [
        ['after', GUILD],
        ['with_counts', 'true'],
      ],
    ),
    fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom('limit', 'before', 'after', 'with_counts'), fc.string()),
        fc.oneof(fc.constantFrom('1', '200', GUILD, 'true', '0'), fc.string({ unit: 'binary' })),
      ),
      { maxLength: 3 },
    ),
  );

  /** The entry's template filled with encoded parameters, or undefined: said anew, from the sent path backwards. */
  function readBack(action: ActionDefinition, discordPath: string): Record<string, string> | undefined {
    const names = [...action.path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? '');
    const literal = action.path.split(/\{[a-z_]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const match = new RegExp(`^/api/v10${literal.join('([^/?#]+)')}$`).exec(discordPath.split('?')[0] ?? '');
    if (match === null) return undefined;
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]));
  }

  it('builds nothing but paths of the catalogue below /api/v10, for every path and query [hostile 23]', () => {
    let built = 0;
    fc.assert(
      fc.property(paths, queries, fc.constantFrom('GET', 'GET', 'GET', 'POST', 'get'), (path, query, method) => {
        const search = new URLSearchParams(query);
        const parsed = parseActionCall(catalogue, method, `${PREFIX}${path}`, search);
        if (!parsed.ok) return;
        built += 1;
        const { action, discordPath } = parsed.value;
        const url = new URL(discordPath, 'https://discord.example');

        expect(catalogue).toContain(action);
        expect(discordPath.startsWith('/api/v10/')).toBe(true);
        expect(url.origin + url.pathname + url.search).toBe(`https://discord.example${discordPath}`);
        const parameters = readBack(action, discordPath);
        expect(parameters).toBeDefined();
        for (const [name, value] of Object.entries(parameters ?? {})) {
          expect(action.pathParameters[name]?.safeParse(value).success).toBe(true);
        }
        expect([...url.searchParams]).toEqual([...search]);
        for (const [name, value] of url.searchParams) {
          expect(action.query[name]?.safeParse(value).success).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(built).toBeGreaterThan(100);
  });

  /** An entry as later ones will be: its parameter may hold characters that must be encoded. */
  const [template] = catalogue;
  it('encodes each parameter once, whatever its own schema lets through [hostile 24]', () => {
    if (template === undefined) throw new Error('the catalogue is empty');
    const anyText = { safeParse: (value: unknown) => ({ success: typeof value === 'string' }) };
    const action = {
      ...template,
      path: '/channels/{channel_id}/reactions/{emoji}',
      pathParameters: { channel_id: anyText, emoji: anyText },
    } as unknown as ActionDefinition;
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\u0000-\u001f\u007f\\/]/.test(text) && text !== '.' && text !== '..');
    fc.assert(
      fc.property(texts, texts, (channel, emoji) => {
        const path = `${PREFIX}/channels/${channel}/reactions/${emoji}`;
        const parsed = parseActionCall([action], 'GET', path, new URLSearchParams());

        expect(parsed.ok && readBack(action, parsed.value.discordPath)).toEqual({ channel_id: channel, emoji });
        expect(parsed.ok && parsed.value.discordPath).toMatch(
          /^\/api\/v10\/channels\/[^/?#\s]+\/reactions\/[^/?#\s]+$/,
        );
      }),
    );
  });
});
