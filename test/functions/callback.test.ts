import { describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { useHarness } from '../support/use-harness.ts';
import type { CookieJar } from '../support/wire.ts';
import {
  ada,
  comeBack,
  countTokenRequests,
  expectPage,
  expectProblem,
  expectSafePageHeaders,
  goToDiscord,
  grace,
  returnParameters,
  RETURN_URL,
  withoutRequestId,
} from './connect-expectations.ts';

const harness = useHarness();

const NOT_RECOGNIZED = 'We could not match this to a connection you started';
const MALFORMED = 'The answer from Discord was incomplete';
const USED = 'This link was already used';

const back = (url: string, jar: CookieJar) => harness.wire.returnFromDiscord(url, jar);

/** The same address with parameters changed: a value, several, or none. */
function edit(url: string, changes: Record<string, string | string[] | undefined>): string {
  const edited = new URL(url);
  for (const [name, value] of Object.entries(changes)) {
    edited.searchParams.delete(name);
    for (const one of value === undefined ? [] : [value].flat()) edited.searchParams.append(name, one);
  }
  return edited.href;
}

describe('GET /integration-callback', () => {
  it('sends the browser back to the app with a confirmation code and exchanges nothing [hostile 1]', async () => {
    const before = await countTokenRequests(harness);
    const { jar, callbackUrl, sessionId } = await goToDiscord(
      harness,
      { user_id: 'u', return_url: `${RETURN_URL}?page=2&q=a%20b+c&flag` },
      { userId: ada.id },
    );
    const returned = await back(callbackUrl, jar);

    expect(returned.status).toBe(302);
    expectSafePageHeaders(returned);
    expect(returned.headers['location']).toMatch(
      new RegExp(
        `^http://localhost:9/back\\?page=2&q=a%20b\\+c&flag&connect_session_id=${sessionId}&confirmation_code=[A-Za-z0-9_-]{43}$`,
      ),
    );
    expect(await countTokenRequests(harness)).toBe(before);
  });

  it('keeps the code sealed: the table shows neither it nor the verifier nor the confirmation code', async () => {
    const { callbackUrl, jar, confirmationCode } = await comeBack(harness, { user_id: 'u' }, { userId: ada.id });

    const items = JSON.stringify(await harness.scanTable());
    const secrets = [new URL(callbackUrl).searchParams.get('code') ?? '', confirmationCode, ...jar.values()];
    for (const secret of secrets.flatMap((value) => value.split('.'))) {
      expect(secret.length).toBeGreaterThan(20);
      expect(items).not.toContain(secret);
    }
  });

  it('burns a state that comes with another browser’s cookie: not even the right one helps then [hostile 2]', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const [name = ''] = jar.keys();
    const before = await countTokenRequests(harness);

    const foreign: CookieJar = new Map([[name, `${'A'.repeat(43)}.${'B'.repeat(43)}`]]);
    expectPage(await back(callbackUrl, foreign), 400, NOT_RECOGNIZED);
    expectPage(await back(callbackUrl, jar), 400, NOT_RECOGNIZED);
    expect(await countTokenRequests(harness)).toBe(before);
  });

  it('burns a state that comes without any cookie [hostile 2]', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });

    expectPage(await back(callbackUrl, new Map()), 400, NOT_RECOGNIZED);
    expectPage(await back(callbackUrl, jar), 400, NOT_RECOGNIZED);
  });

  it('reads its own cookie among many, the first of two with one name', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const [[name, value] = ['', '']] = jar;
    const cookie = `theme=dark; ${name}=${value}; ${name}=${'C'.repeat(43)}; broken; =x`;

    const path = callbackUrl.slice(harness.origin.length);
    const returned = await harness.wire.send('GET', path, { headers: { cookie } });
    expect(returnParameters(returned)).toHaveProperty('confirmation_code');
  });

  it('answers a foreign state with one’s own cookie like an unknown state [hostile 4]', async () => {
    const otherKey = await harness.makeTenant('callback-other');
    const own = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const other = await goToDiscord(harness, { user_id: 'u' }, { userId: grace.id }, otherKey);

    const unknown = await back(edit(other.callbackUrl, { state: 'A'.repeat(43) }), own.jar);
    expectPage(unknown, 400, NOT_RECOGNIZED);
    expect(withoutRequestId(await back(other.callbackUrl, own.jar))).toEqual(withoutRequestId(unknown));
  });

  it('counts a state as gone after ten minutes although its item is still stored [hostile 38]', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    harness.clock.advanceSeconds(600);

    expectPage(await back(callbackUrl, jar), 400, NOT_RECOGNIZED);
  });

  it('accepts one of ten identical callbacks at once and tells the others that the link was used [hostile 3]', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'parallel' }, { userId: ada.id });

    const answers = await Promise.all(Array.from({ length: 10 }, () => back(callbackUrl, jar)));
    const accepted = answers.filter(({ status }) => status === 302);
    expect(accepted).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 302)) expectPage(answer, 409, USED);
    const parameters = returnParameters(accepted[0] as never);
    const confirmed = await harness.wire.confirm(
      harness.key,
      parameters['connect_session_id'] ?? '',
      'parallel',
      parameters['confirmation_code'] ?? '',
    );
    expect(confirmed.status).toBe(200);
  });

  it('tells a replayed callback that the link was used, before and after the confirmation [hostile 3]', async () => {
    const { callbackUrl, jar, confirm } = await comeBack(harness, { user_id: 'replay' }, { userId: ada.id });
    const before = await countTokenRequests(harness);

    expectPage(await back(callbackUrl, jar), 409, USED);
    expect((await confirm()).status).toBe(200);
    expectPage(await back(callbackUrl, jar), 409, USED);
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  const malformed: [string, (url: string) => string][] = [
    ['no query', (url) => url.split('?')[0] ?? ''],
    ['no state', (url) => edit(url, { state: undefined })],
    ['an empty state', (url) => edit(url, { state: '' })],
    ['neither code nor error', (url) => edit(url, { code: undefined })],
    ['an empty code', (url) => edit(url, { code: '' })],
    ['both code and error', (url) => edit(url, { error: 'access_denied' })],
    ['the state twice', (url) => edit(url, { state: ['x', new URL(url).searchParams.get('state') ?? ''] })],
    ['the code twice', (url) => edit(url, { code: ['x', new URL(url).searchParams.get('code') ?? ''] })],
    ['the error twice', (url) => edit(url, { code: undefined, error: ['access_denied', 'access_denied'] })],
    ['an over-long state', (url) => edit(url, { state: 'x'.repeat(513) })],
    ['an over-long code', (url) => edit(url, { code: 'x'.repeat(5_000) })],
  ];
  it.each(malformed)(
    'shows a page for an answer with %s and leaves the session as it is [hostile 6]',
    async (_, change) => {
      const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
      const before = await countTokenRequests(harness);

      expectPage(await back(change(callbackUrl), jar), 400, MALFORMED);
      expect(await countTokenRequests(harness)).toBe(before);
      expect((await back(callbackUrl, jar)).status).toBe(302);
    },
  );

  it('takes a refusal back to the app as a clean error; nothing is left to confirm', async () => {
    const { jar, callbackUrl, sessionId } = await goToDiscord(
      harness,
      { user_id: 'refuser' },
      { userId: ada.id, decision: 'cancel' },
    );

    const returned = await back(callbackUrl, jar);
    expect(returnParameters(returned)).toEqual({ connect_session_id: sessionId, error: 'access_denied' });
    expectProblem(await harness.wire.confirm(harness.key, sessionId, 'refuser', 'x'), 409, 'connect_session_refused');
    expectPage(await back(callbackUrl, jar), 409, USED);
  });

  it.each([
    ['invalid_scope', 'invalid_scope'],
    ['temporarily_unavailable', 'temporarily_unavailable'],
    ['interaction_required', 'server_error'],
    ['<script>alert(1)</script>', 'server_error'],
    ['access_denied\r\nSet-Cookie: a=b', 'server_error'],
    ['__proto__', 'server_error'],
  ])('maps the error %s to %s and never repeats its description [hostile 5]', async (error, mapped) => {
    const { jar, callbackUrl, sessionId } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const description = `<script>alert(1)</script>${'y'.repeat(5_000)}`;

    const url = edit(callbackUrl, { code: undefined, error, error_description: description, error_uri: 'x:y' });
    const returned = await back(url, jar);
    expect(returnParameters(returned)).toEqual({ connect_session_id: sessionId, error: mapped });
    expect(JSON.stringify(returned)).not.toMatch(/script|yyyy/);
  });

  it('shows no part of a description on a page either [hostile 5]', async () => {
    const query = new URLSearchParams({
      state: 'unknown',
      error: '<b>',
      error_description: '<script>alert(1)</script>',
    });

    const page = await harness.wire.send('GET', `/integration-callback?${query.toString()}`);
    expectPage(page, 400, NOT_RECOGNIZED);
    expect(page.text).not.toContain('alert');
  });

  it('ignores guild_id and permissions of the query: the token answer names the guild [hostile 7]', async () => {
    const { jar, callbackUrl, sessionId } = await goToDiscord(
      harness,
      { user_id: 'installer', scopes: ['bot'], permissions: '8' },
      { userId: ada.id, guildId: '197038439483310086' },
    );
    expect(new URL(callbackUrl).searchParams.get('guild_id')).toBe('197038439483310086');

    const returned = await back(edit(callbackUrl, { guild_id: ['1', '613425648685547541'], permissions: '0' }), jar);
    const code = returnParameters(returned)['confirmation_code'] ?? '';
    const confirmed = await harness.wire.confirm(harness.key, sessionId, 'installer', code);
    expect(confirmed.json.guilds).toEqual([{ id: '197038439483310086', name: 'Analytical Engine' }]);
  });

  it('does not send anyone to an origin that the operator has withdrawn meanwhile [hostile 27]', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const stored = await harness.edges.integrations.load();
    await changeIntegration(harness.edges, { returnOrigins: ['https://app.example.com'] });
    const refused = await back(callbackUrl, jar);
    await changeIntegration(harness.edges, { returnOrigins: stored?.returnOrigins ?? [] });

    expectPage(refused, 400, 'Connecting does not work right now');
    expect(refused.headers['location']).toBeUndefined();
    expect((await back(callbackUrl, jar)).status).toBe(302);
  });

  it.each(['HEAD', 'POST', 'PUT'])('takes no %s and consumes nothing by it [hostile 25]', async (method) => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

    const path = callbackUrl.slice(harness.origin.length);
    const refused = await harness.wire.send(method, path, { headers: { cookie, 'x-http-method-override': 'GET' } });
    expect(refused.status).toBe(405);
    expect((await back(callbackUrl, jar)).status).toBe(302);
  });

  it('shows a page when storage or key service is down; loading it again goes on [hostile 38]', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'u' }, { userId: ada.id });
    const down = 'Connecting does not work right now';
    const { faults } = harness.stack.aws;

    faults.add({ service: 'dynamodb', operation: 'GetItem', error: 'AccessDeniedException', times: 1 });
    expectPage(await back(callbackUrl, jar), 503, down);
    faults.add({ service: 'dynamodb', operation: 'UpdateItem', error: 'AccessDeniedException', times: 1 });
    expectPage(await back(callbackUrl, jar), 503, down);
    harness.coldStart();
    faults.add({ service: 'kms', error: 'AccessDeniedException', times: 1 });
    const refused = await back(callbackUrl, jar);
    expectPage(refused, 503, down);
    expect(refused.headers['retry-after']).toBe('5');
    expect(returnParameters(await back(callbackUrl, jar))).toHaveProperty('confirmation_code');
  });

  it('recognizes its own write when the answer was lost and the SDK repeats it', async () => {
    const { jar, callbackUrl } = await goToDiscord(harness, { user_id: 'lost' }, { userId: ada.id });
    const lost = {
      service: 'dynamodb',
      operation: 'UpdateItem',
      match: 'sealedCode',
      drop: true,
      after: 'after',
    } as const;
    harness.stack.aws.faults.add({ ...lost, times: 1 });

    const parameters = returnParameters(await back(callbackUrl, jar));
    const { connect_session_id = '', confirmation_code = '' } = parameters;
    expect((await harness.wire.confirm(harness.key, connect_session_id, 'lost', confirmation_code)).status).toBe(200);
  });
});
