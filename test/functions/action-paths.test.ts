import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { sendBytes, sendRaw, type RawAnswer } from '../support/raw-request.ts';

const GUILD = SEED_GUILDS.analyticalEngine.id;

/** What other readers of a path take for something else than text. Not `%3F`: API Gateway cuts the path there. */
const ODD_TEXTS = [
  '%2F',
  '%2f..%2f',
  '%5C',
  '\\',
  '%2e%2e',
  '..',
  '.',
  '..;',
  '..;/',
  '%252e%252e',
  '%252F',
  '%00',
  '%0d%0aHost:%20evil',
  '%0a',
  '%09',
  '%20',
  '%7f',
  '@evil',
  '%40evil.example',
  ':80',
  '%23',
  ';a=b',
  '%c0%af',
  '%ff',
  '%E2%80%AE',
  '%F0%9F%91%8D',
  'name:175928847299117063',
  '%25',
  '%',
  '+',
  '__proto__',
] as const;

describe('paths of actions', () => {
  const harness = useHarness({ simulator: { limits: { route: { limit: 10_000, window_ms: 1000 } } } });
  let discord: DiscordRequests;
  let ada: ConnectedUser;
  beforeAll(async () => {
    discord = watchDiscord(harness.simulator);
    ada = await connectUser(harness, { scopes: ['identify', 'guilds', 'guilds.members.read'] });
  });
  beforeEach(() => discord.clear());

  const send = (path: string, method = 'GET', headers: Record<string, string> = {}): Promise<RawAnswer> =>
    sendRaw(harness.origin, method, path, { authorization: `Bearer ${harness.key}`, ...headers });

  /** The answer's code: ours, or the gateway's message where no function was asked. */
  const readCode = ({ text }: RawAnswer): string => JSON.parse(text).code ?? JSON.parse(text).message;

  it.each(ODD_TEXTS)('refuses %j in any segment before Discord is called [hostile 23]', async (odd) => {
    const segments = ['connections', ada.connectionId, 'api', 'v10', 'users', '@me', 'guilds', GUILD, 'member'];
    const paths = segments.flatMap((segment, index) =>
      [odd, `${segment}${odd}`].map((bent) => `/${segments.with(index, bent).join('/')}`),
    );
    const answers = await Promise.all(paths.map(async (path) => ({ path, status: (await send(path)).status })));

    expect(answers.filter(({ status }) => status !== 400 && status !== 404)).toEqual([]);
    expect(await discord.all()).toEqual([]);
  });

  it('refuses empty segments wherever they stand [hostile 23]', async () => {
    const right = ada.path(`/users/@me/guilds/${GUILD}/member`);
    const slashes = [...right.matchAll(/\//g)].map(({ index }) => index);
    for (const at of [...slashes, right.length]) {
      const answer = await send(`${right.slice(0, at)}/${right.slice(at)}`);
      expect([400, 404]).toContain(answer.status);
    }
    expect(await discord.all()).toEqual([]);
  });

  it.each([
    ['dot segments that lead to an action', '/users/@me/guilds/../connections', 400],
    ['encoded dot segments', '/users/@me/%2e%2e/@me', 400],
    ['a dot segment at the end', '/users/@me/.', 400],
    ['a trailing slash', '/users/@me/', 400],
    ['a backslash for a slash', '/users/@me%5Cguilds', 400],
    ['a trailing dot', '/users/@me.', 404],
    ['another user', '/users/175928847299117063', 404],
    ['another spelling', '/users/@ME', 404],
    ['a deeper path', '/users/@me/guilds/1/member/roles', 404],
    ['an unknown action', '/users/@me/relationships', 404],
    ['an unknown resource', '/voice/regions', 404],
    ['an operation of Discord that is not offered', '/guilds/197038439483310086/emojis', 404],
  ])('refuses %s', async (_, path, status) => {
    const answer = await send(ada.path(path));

    expect([answer.status, readCode(answer)]).toEqual([
      status,
      status === 400 ? 'input_path_invalid' : 'action_unknown',
    ]);
    expect(await discord.all()).toEqual([]);
  });

  it('takes a decoded path as API Gateway delivers it and never decodes it again [hostile 24]', async () => {
    // `%40me` and `%2F` are decoded before a function sees them: an encoded slash is then a slash, and only the catalogue counts.
    const once = await send(ada.path('/users/%40me%2Fguilds'));
    const twice = await send(ada.path('/users/%2540me'));

    expect(once.status).toBe(200);
    expect([twice.status, readCode(twice)]).toEqual([404, 'action_unknown']);
    expect((await discord.all()).map(({ path }) => path)).toEqual(['/api/v10/users/@me/guilds']);
  });

  it('never passes on what stands behind an encoded question mark [hostile 23]', async () => {
    const answer = await send(ada.path('/users/@me%3F/../guilds'));

    expect(answer.status).toBe(200);
    expect((await discord.all()).map(({ path, query }) => [path, query])).toEqual([['/api/v10/users/@me', {}]]);
  });

  it.each([
    '0',
    '1',
    '01234567890123456',
    '17592884729911',
    '175928847299117063175928',
    '18446744073709551616',
    '-175928847299117063',
    '1.75928847299117063e17',
    '0x270F6D2A1B80007',
    '١٧٥٩٢٨٨٤٧٢٩٩١١٧٠٦٣',
    'null',
  ])('refuses the id %j and says what an id is', async (id) => {
    const answer = await send(ada.path(`/users/@me/guilds/${encodeURIComponent(id)}/member`));

    expect([answer.status, readCode(answer)]).toEqual([400, 'input_path_invalid']);
    expect(JSON.parse(answer.text).detail).toContain('guild_id: must be a Discord id');
    expect(await discord.all()).toEqual([]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'answers %s with 405 and what is allowed [hostile 25]',
    async (method) => {
      const answer = await send(ada.path(), method);

      expect([answer.status, readCode(answer)]).toEqual([405, 'method_not_allowed']);
      expect(answer.headers['allow']).toBe('GET');
      expect(await discord.all()).toEqual([]);
    },
  );

  it('answers HEAD with 405 and no body [hostile 25]', async () => {
    const answer = await send(ada.path(), 'HEAD');

    expect([answer.status, answer.headers['allow'], answer.text]).toEqual([405, 'GET', '']);
    expect(await discord.all()).toEqual([]);
  });

  it('takes methods exactly: lower case and inventions reach no function [hostile 25]', async () => {
    const { host } = new URL(harness.origin);
    for (const method of ['get', 'Get', 'GETS', 'BREW']) {
      const bytes = `${method} ${ada.path()} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAuthorization: Bearer ${harness.key}\r\n\r\n`;
      expect([400, 404, 405]).toContain(await sendBytes(harness.origin, bytes));
    }
    expect(await discord.all()).toEqual([]);
  });

  it('ignores headers that would change the method or the path [hostile 25]', async () => {
    const overrides = {
      'x-http-method-override': 'DELETE',
      'x-http-method': 'DELETE',
      'x-method-override': 'DELETE',
      'x-original-url': '/api/v10/guilds/1',
      'x-rewrite-url': '/api/v10/guilds/1',
    };
    const answer = await send(ada.path(), 'GET', overrides);

    expect(answer.status).toBe(200);
    expect((await discord.all()).map(({ method, path }) => [method, path])).toEqual([['GET', '/api/v10/users/@me']]);
  });

  it('sends Discord its own headers and none of the caller’s [hostile 26]', async () => {
    const caller = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=203.0.113.9',
      x_audit_log_reason: 'because',
      'x-discord-locale': 'xx',
      'x-super-properties': 'eyJ9',
      'user-agent': 'Evil/1.0',
      accept: 'text/html',
      'accept-language': 'xx',
      cookie: '__dcfduid=1',
      origin: 'https://evil.example',
      referer: 'https://evil.example/',
      'proxy-authorization': 'Basic eA==',
      'if-none-match': '"x"',
      range: 'bytes=0-1',
      connection: 'authorization',
    };
    const answer = await send(ada.path(), 'GET', { ...caller, connection: 'close' });
    const [received] = await discord.all();
    const { host, authorization, ...others } = received?.headers ?? {};

    expect(answer.status).toBe(200);
    expect(host).toBe(new URL(harness.simulator.baseUrl).host);
    expect(authorization).toMatch(/^Bearer sha256:/);
    expect(others).toEqual({
      accept: 'application/json',
      'accept-encoding': expect.any(String),
      'accept-language': '*',
      connection: 'keep-alive',
      'sec-fetch-mode': 'cors',
      'user-agent': expect.stringMatching(/^DiscordBot \(http:\/\/localhost:\d+, \d+\.\d+\.\d+\)$/),
    });
  });

  it('does not let Connection take the Authorization header away unnoticed [hostile 26]', async () => {
    const answer = await send(ada.path(), 'GET', { connection: 'close, authorization' });

    expect([answer.status, readCode(answer)]).toEqual([401, 'caller_missing']);
  });

  it('sends no body that a caller put into a read', async () => {
    const answer = await harness.wire.send('DELETE', ada.path(), { key: harness.key, json: { content: 'x' } });

    expect(answer.status).toBe(405);
    expect(await discord.all()).toEqual([]);
  });

  it('passes a query on as it was validated', async () => {
    const answer = await send(ada.path(`/users/@me/guilds?limit=2&with_counts=true&after=${GUILD}`));
    const [received] = await discord.all();

    expect(answer.status).toBe(200);
    expect(received?.query).toEqual({ limit: '2', with_counts: 'true', after: GUILD });
  });

  it.each([
    ['an unknown parameter', 'limit=1&secret=1', ['secret']],
    ['a repeated parameter', 'limit=1&limit=2', ['limit']],
    ['a fraction', 'limit=1.5', ['limit']],
    ['zero', 'limit=0', ['limit']],
    ['more than Discord takes', 'limit=201', ['limit']],
    ['an exponent', 'limit=1e2', ['limit']],
    ['a sign', 'limit=%2B5', ['limit']],
    ['a space', 'limit=5+', ['limit']],
    ['a leading zero', 'limit=05', ['limit']],
    ['nothing', 'limit=', ['limit']],
    ['a broken escape', 'limit=%ZZ', ['limit']],
    ['an array', 'limit[]=5', ['limit[]']],
    ['a rounded id', 'after=1.7592884729911706e17', ['after']],
    ['a line break', 'after=175928847299117063%0d%0aHost:%20evil', ['after']],
    ['a boolean of another kind', 'with_counts=yes', ['with_counts']],
    ['a prototype name', '__proto__=1&constructor=2', ['__proto__', 'constructor']],
    ['two faults', 'limit=x&after=y', ['after', 'limit']],
  ])('refuses %s in the query and names it', async (_, query, parameters) => {
    const answer = await send(ada.path(`/users/@me/guilds?${query}`));
    const { code, errors } = JSON.parse(answer.text);

    expect([answer.status, code]).toEqual([400, 'input_invalid']);
    expect([...new Set(errors.map((error: { parameter: string }) => error.parameter))].sort()).toEqual(parameters);
    expect(await discord.all()).toEqual([]);
  });

  it('takes no query where Discord takes none', async () => {
    const answer = await send(ada.path('/users/@me?fields=email'));

    expect([answer.status, readCode(answer)]).toEqual([400, 'input_invalid']);
    expect(await discord.all()).toEqual([]);
  });
});
