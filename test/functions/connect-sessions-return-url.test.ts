import { beforeAll, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { useHarness } from '../support/use-harness.ts';
import { expectProblem } from './connect-expectations.ts';

const harness = useHarness();
beforeAll(async () => {
  const returnOrigins = ['https://app.example.com', 'http://localhost:*'];
  expect((await changeIntegration(harness.edges, { returnOrigins })).ok).toBe(true);
});

const create = (return_url: string) => harness.wire.createSession(harness.key, { user_id: 'u', return_url });

describe('the return URL of a connect session', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com/',
    'https://app.example.com?from=discord',
    'https://app.example.com/back/%2e%2e/x?q=a%20b&next=%2Fhome',
    'http://localhost:5173/back',
    `https://app.example.com/?${'x'.repeat(1_400)}`,
  ])('may be on an origin of the operator: %s', async (url) => {
    expect((await create(url)).status).toBe(201);
  });

  const refused: [string, string][] = [
    ['another origin', 'https://evil.test/'],
    ['the allowed origin as a user name', 'https://app.example.com@evil.test/'],
    ['the allowed origin as user and password', 'https://app.example.com:443@evil.test/'],
    ['the allowed origin as a subdomain', 'https://app.example.com.evil.test/'],
    ['a subdomain of the allowed host', 'https://x.app.example.com/'],
    ['a user name', 'https://user@app.example.com/'],
    ['a password', 'https://:secret@app.example.com/'],
    ['another port', 'https://app.example.com:8443/'],
    ['plain http', 'http://app.example.com/'],
    ['plain http, loopback as a subdomain', 'http://localhost.evil.test:80/'],
    ['https on loopback', 'https://localhost:5173/'],
    ['a fragment', 'https://app.example.com/#top'],
    ['an empty fragment', 'https://app.example.com/#'],
    ['a trailing dot', 'https://app.example.com./'],
    ['an encoded dot in the host', 'https://app.example.com%2eevil.test/'],
    ['a letter of another alphabet', 'https://\u0430pp.example.com/'],
    ['the same in punycode', 'https://xn--pp-6kc.example.com/'],
    ['fullwidth letters, which parsers fold', 'https://\uff41pp.example.com/'],
    ['an ideographic full stop', 'https://app\u3002example.com/'],
    ['a tab in the scheme', 'ht\ttps://app.example.com/'],
    ['a tab in the host', 'https://app.example\t.com/'],
    ['a line break', 'https://app.example.com/\nSet-Cookie: a=b'],
    ['a carriage return', 'https://app.example.com/\r\n'],
    ['leading white space', ' https://app.example.com/'],
    ['a backslash for a slash', 'https:\\\\app.example.com/'],
    ['a backslash behind the host', 'https://app.example.com\\@evil.test/'],
    ['one slash', 'https:/app.example.com/'],
    ['no slash', 'https:app.example.com/'],
    ['no scheme', '//app.example.com/'],
    ['a path only', '/back'],
    ['javascript:', 'javascript:alert(1)//https://app.example.com/'],
    ['data:', 'data:text/html,https://app.example.com'],
    ['blob:', 'blob:https://app.example.com/1'],
    ['a scheme of an app', 'com.example.app:/back'],
    ['a null byte', 'https://app.example.com/\u0000'],
    ['our own parameter', 'https://app.example.com/?confirmation_code=mine'],
    ['our own parameter, encoded', 'https://app.example.com/?connect%5Fsession_id=mine'],
    ['our own parameter without a value', 'https://app.example.com/?a=b&error'],
    ['1501 characters', `https://app.example.com/?${'x'.repeat(1_501 - 25)}`],
  ];
  it.each(refused)('is refused with %s [hostile 27]', async (_what, url) => {
    const answer = await create(url);

    expectProblem(answer, 400, 'return_url_not_allowed');
    expect(answer.json.errors[0].pointer).toBe('/return_url');
    expect(answer.text).not.toContain(JSON.stringify(url).slice(1, -1));
  });

  it('is refused while the operator has named no origin', async () => {
    await changeIntegration(harness.edges, { returnOrigins: [] });

    expectProblem(await create('http://localhost:5173/back'), 400, 'return_url_not_allowed');
  });
});
