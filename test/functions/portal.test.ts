import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { PROBLEM_TEXTS } from '../../shared/problems/problem-texts.ts';
import { connectUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { JsonAnswer } from '../support/wire.ts';

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

describe('everything that no other route takes', () => {
  const harness = useHarness();

  it('has a page for every problem’s type, of our own text only', async () => {
    for (const [code, { title }] of Object.entries(PROBLEM_TEXTS)) {
      const { status, headers, text } = await harness.wire.send('GET', `/problems/${code}`);

      expect([status, headers['content-type']], code).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain(`<title>${title.replaceAll("'", '&#39;')}</title>`);
      expect(text).toContain(`>${code}<`);
      expect(text).not.toMatch(/<script|javascript:|https?:\/\//i);
    }
  });

  it.each([
    '/',
    '/problems',
    '/problems/',
    '/problems/nothing',
    '/problems/constructor',
    '/problems/INTERNAL_ERROR',
    '/favicon.ico',
    '/.env',
    '/connections/',
    '/connect-sessions/x',
    '/connections/a/b',
  ])('answers %s with a 404 problem', async (path) => {
    const { status, headers, json } = await harness.wire.send('GET', path);

    expect([status, json.code]).toEqual([404, 'route_not_found']);
    expect(headers['content-type']).toBe('application/problem+json');
  });

  it('never shows a path back', async () => {
    const { text } = await sendRaw(harness.origin, 'GET', '/%3Cscript%3Ealert(1)%3C/script%3E?x=%3Cscript%3E');

    expect(text).not.toContain('script');
  });

  it.each([
    ['POST', '/authorize', 'GET'],
    ['PUT', '/connect-sessions', 'POST'],
    ['GET', '/connect-sessions', 'POST'],
    ['POST', '/connections', 'GET'],
    ['PATCH', '/connections/con_x', 'GET, DELETE'],
    ['GET', '/connect-sessions/cs_x/confirm', 'POST'],
    ['DELETE', '/integration-callback', 'GET'],
    ['POST', '/problems/internal_error', 'GET'],
    ['HEAD', '/connections', 'GET'],
    ['OPTIONS', '/connections', 'GET'],
  ])('answers %s %s with 405 and what is allowed', async (method, path, allowed) => {
    const { status, headers } = await harness.wire.send(method, path);

    expect([status, headers['allow']]).toEqual([405, allowed]);
  });

  it.each(['/api/v10/voice/regions', '/api/v10/users', '/api/v9/users/@me', '/api/users/@me', '/api'])(
    'answers Discord’s path %s below a connection in Discord’s form',
    async (path) => {
      const { status, headers, json } = await harness.wire.send('GET', `/connections/con_x${path}`);

      expect([status, json.code, headers['content-type']]).toEqual([404, 'action_unknown', 'application/json']);
      expect(json.message).toMatch(/not offered/);
    },
  );
});

describe('every answer', () => {
  const harness = useHarness();

  it('has the security headers and a request id of its own, whatever it is', async () => {
    const { wire, key } = harness;
    const user = await connectUser(harness);
    const session = await wire.createSession(key, { user_id: 'x', return_url: 'http://localhost:9/' });
    const link = String(session.json.authorize_url).slice(harness.origin.length);
    const answers: Record<string, JsonAnswer> = {
      'a created session': session,
      'a redirect': await wire.send('GET', link),
      'a page that refuses': await wire.send('GET', '/authorize?session=x'),
      'a callback that fails': await wire.send('GET', '/integration-callback?state=x&code=x'),
      'a list': await wire.send('GET', '/connections', { key }),
      'an action': await user.call(),
      'a refused action': await user.call('/users/@me/connections'),
      'a wrong method': await user.call('/users/@me', { method: 'DELETE' }),
      'a stranger': await wire.send('GET', '/connections'),
      nothing: await wire.send('GET', '/nothing'),
      'a problem’s page': await wire.send('GET', '/problems/internal_error'),
      'a disconnection': await wire.send('DELETE', `/connections/${user.connectionId}`, { key }),
    };
    const ids = Object.values(answers).map(({ headers }) => headers['x-request-id']);

    for (const [name, { headers }] of Object.entries(answers)) {
      expect(headers, name).toMatchObject(SECURITY_HEADERS);
      expect(headers['content-security-policy'], name).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
      expect(headers['x-request-id'], name).toBe(headers['apigw-requestid']);
      expect(headers, name).not.toHaveProperty('x-powered-by');
      // Over plain http the header means nothing and would be remembered for nothing (RFC 6797 §7.2).
      expect(headers, name).not.toHaveProperty('strict-transport-security');
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.values(answers).map(({ status }) => status)).toEqual([
      201, 302, 404, 400, 200, 200, 403, 405, 401, 404, 200, 200,
    ]);
  });
});

describe('GET /reference', () => {
  const harness = useHarness();

  it('shows every action on a page that runs nothing, with links that lead somewhere', async () => {
    const page = await harness.wire.send('GET', '/reference');

    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page.text).not.toMatch(/<script|<img|javascript:/i);
    const ids = new Set([...page.text.matchAll(/<h2 id="([^"]+)"/g)].map((match) => match[1]));
    expect(ids).toEqual(new Set(catalogue.map(({ id }) => id.replaceAll('.', ''))));
    const targets = [...page.text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
    for (const [, path] of page.text.matchAll(/href="(\/[^"]+)"/g)) {
      expect((await harness.wire.send('GET', path ?? '')).status).toBe(200);
    }
  });
});
