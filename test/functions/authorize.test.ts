import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { useHarness } from '../support/use-harness.ts';
import type { CookieJar, JsonAnswer } from '../support/wire.ts';
import {
  ada,
  comeBack,
  expectPage,
  expectSafePageHeaders,
  RETURN_URL,
  returnParameters,
} from './connect-expectations.ts';

const harness = useHarness();

const INVALID = 'This link is not valid any more';
const USED = 'This link was already used';

async function makeLink(input: Record<string, unknown> = {}): Promise<string> {
  const made = await harness.wire.createSession(harness.key, { user_id: 'u', return_url: RETURN_URL, ...input });
  expect(made.status).toBe(201);
  return made.json.authorize_url as string;
}

const open = (link: string, jar: CookieJar = new Map()) => harness.wire.openLink(link, jar);

const discordQuery = (answer: JsonAnswer) =>
  Object.fromEntries(new URL(answer.headers['location'] ?? 'none:').searchParams);

describe('GET /authorize', () => {
  it('sends the browser to Discord with state and PKCE challenge, the verifier staying in its cookie', async () => {
    const jar: CookieJar = new Map();
    const opened = await open(await makeLink({ scopes: ['guilds', 'email'] }), jar);

    expect(opened.status).toBe(302);
    expectSafePageHeaders(opened);
    const [[name, value] = ['', '']] = jar;
    const verifier = value.split('.')[1] ?? '';
    const { state, ...query } = discordQuery(opened);
    expect(state).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(query).toEqual({
      response_type: 'code',
      client_id: harness.simulator.application.clientId,
      scope: 'identify guilds email',
      redirect_uri: `${harness.origin}/integration-callback`,
      prompt: 'consent',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect(opened.headers['location']).toMatch(new RegExp(`^${harness.simulator.baseUrl}/oauth2/authorize\\?`));
    expect(opened.headers['location']).toContain('scope=identify%20guilds%20email');
    expect(opened.headers['location']).not.toContain(verifier);
    expect(name).toBe(
      `__Host-connect-${createHash('sha256')
        .update(state ?? '')
        .digest('hex')
        .slice(0, 8)}`,
    );
  });

  it('binds the browser with one cookie that only this origin can read and set', async () => {
    const opened = await open(await makeLink());

    expect(opened.cookies).toHaveLength(1);
    expect(opened.cookies[0]?.replace(/=[^;]*/, '')).toMatch(
      /^__Host-connect-[0-9a-f]{8}; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Lax$/,
    );
    expect(opened.cookies[0]).not.toMatch(/domain/i);
  });

  it('stores state, cookie and verifier only as hashes', async () => {
    const jar: CookieJar = new Map();
    const opened = await open(await makeLink(), jar);

    const items = JSON.stringify(await harness.scanTable());
    const held = [discordQuery(opened)['state'] ?? '', ...[...jar.values()].flatMap((value) => value.split('.'))];
    expect(held).toHaveLength(3);
    for (const value of held) expect(items).not.toContain(value);
  });

  it('sends no PKCE while the operator has switched it off, and the flow still works', async () => {
    await changeIntegration(harness.edges, { pkce: false });
    const jar: CookieJar = new Map();
    const opened = await open(await makeLink(), jar);
    const returned = await comeBack(harness, { user_id: 'no-pkce' }, { userId: ada.id });
    await changeIntegration(harness.edges, { pkce: true });

    expect(Object.keys(discordQuery(opened)).filter((name) => name.startsWith('code_challenge'))).toEqual([]);
    expect([...jar.values()][0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await returned.confirm()).status).toBe(200);
  });

  it('passes on the permissions and the guild that the app wishes for', async () => {
    const link = await makeLink({ scopes: ['bot'], permissions: '2048', guild_id: '197038439483310086' });

    expect(discordQuery(await open(link))).toMatchObject({
      scope: 'identify bot',
      permissions: '2048',
      guild_id: '197038439483310086',
    });
  });

  it.each([
    ['an unknown session', `?session=cs_${'A'.repeat(43)}`],
    ['a malformed session', '?session=1%27%20OR%201=1'],
    ['another kind of id', '?session=con_0123456789012345678901'],
    ['an empty session', '?session='],
    ['no session', ''],
    ['markup for a session', '?session=%3Cscript%3Ealert(1)%3C/script%3E'],
  ])('shows a page without a cookie for %s', async (_what, query) => {
    expectPage(await harness.wire.send('GET', `/authorize${query}`), 404, INVALID);
  });

  it('does not choose between two sessions', async () => {
    const links = [await makeLink(), await makeLink()].map((link) => new URL(link).search.slice(1));

    expectPage(await harness.wire.send('GET', `/authorize?${links.join('&')}`), 404, INVALID);
  });

  it('counts a link as gone after ten minutes although its item is still stored [hostile 38]', async () => {
    const link = await makeLink();
    harness.clock.advanceSeconds(599);
    expect((await open(link)).status).toBe(302);
    harness.clock.advanceSeconds(1);

    expectPage(await open(link), 404, INVALID);
    const id = new URL(link).searchParams.get('session');
    expect((await harness.scanTable()).some((item) => item['id'] === id)).toBe(true);
  });

  it('says of a consumed link that it was used', async () => {
    const link = await makeLink();
    const jar: CookieJar = new Map();
    const callbackUrl = await harness.wire.consent((await open(link, jar)).headers['location'] ?? '', {
      userId: ada.id,
    });
    expect((await harness.wire.returnFromDiscord(callbackUrl, jar)).status).toBe(302);

    expectPage(await open(link), 409, USED);
  });

  it('serves two tabs: the second works, and after it the first is told that the link was used', async () => {
    const link = await makeLink();
    const jar: CookieJar = new Map();
    const tabs = [await open(link, jar), await open(link, jar)];
    expect(jar.size).toBe(2);
    const [first = '', second = ''] = await Promise.all(
      tabs.map((tab) => harness.wire.consent(tab.headers['location'] ?? '', { userId: ada.id })),
    );

    expect(returnParameters(await harness.wire.returnFromDiscord(second, jar))).toHaveProperty('confirmation_code');
    expectPage(await harness.wire.returnFromDiscord(first, jar), 409, USED);
  });

  it('is not burnt by a link preview, which opens it without a browser', async () => {
    const link = await makeLink();
    await harness.wire.send('GET', link.slice(harness.origin.length), { headers: { 'user-agent': 'Slackbot 1.0' } });
    await harness.wire.send('HEAD', link.slice(harness.origin.length));
    const jar: CookieJar = new Map();
    const opened = await open(link, jar);
    const callbackUrl = await harness.wire.consent(opened.headers['location'] ?? '', { userId: ada.id });

    expect(returnParameters(await harness.wire.returnFromDiscord(callbackUrl, jar))).toHaveProperty(
      'confirmation_code',
    );
  });

  it('refuses a sixth opening with a page and leaves the earlier ones usable', async () => {
    const link = await makeLink();
    const jar: CookieJar = new Map();
    const openings = [];
    for (let n = 0; n < 5; n += 1) openings.push(await open(link, jar));
    expect(openings.map(({ status }) => status)).toEqual([302, 302, 302, 302, 302]);

    expectPage(await open(link), 429, 'This link was opened too often');
    const callbackUrl = await harness.wire.consent(openings[0]?.headers['location'] ?? '', { userId: ada.id });
    expect((await harness.wire.returnFromDiscord(callbackUrl, jar)).status).toBe(302);
  });

  it('opens at most five times when six come at once', async () => {
    const link = await makeLink();

    const statuses = (await Promise.all(Array.from({ length: 6 }, () => open(link)))).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([302, 302, 302, 302, 302, 429]);
  });

  it('shows a page when its storage is down, and works again afterwards [hostile 38]', async () => {
    const link = await makeLink();
    harness.stack.aws.faults.add({ service: 'dynamodb', error: 'AccessDeniedException', times: 1 });

    const refused = await open(link);
    expectPage(refused, 503, 'Connecting does not work right now');
    expect(refused.headers['retry-after']).toBe('5');
    expect((await open(link)).status).toBe(302);
  });

  it.each(['POST', 'PUT', 'DELETE'])('takes no %s, whatever a header says [hostile 25]', async (method) => {
    const link = (await makeLink()).slice(harness.origin.length);
    const refused = await harness.wire.send(method, link, { headers: { 'x-http-method-override': 'GET' } });

    expect(refused.status).toBe(405);
    expect(refused.headers['allow']).toBe('GET');
    expect(refused.cookies).toEqual([]);
  });
});
