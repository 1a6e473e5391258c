import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildReturnLocation,
  checkReturnOrigin,
  checkReturnUrl,
  isLoopbackOrigin,
} from '../../../shared/domain/return-url.ts';

const ALLOWED = ['https://ok.com', 'https://ok.com:8443', 'http://localhost:*', 'http://[::1]:5173'];

function isAccepted(text: string): boolean {
  return checkReturnUrl(text, ALLOWED).ok;
}

/** Whether an origin is on the list, said anew and more simply than the source says it. */
function isListed(origin: string): boolean {
  return (
    ['https://ok.com', 'https://ok.com:8443', 'http://[::1]:5173'].includes(origin) ||
    /^http:\/\/localhost(:[0-9]+)?$/.test(origin)
  );
}

describe('checkReturnUrl', () => {
  it.each([
    'https://ok.com',
    'https://ok.com/',
    'https://ok.com?a=1',
    'https://ok.com/back/%2F..%2f?next=https://evil.example/&x=@',
    'https://ok.com:8443/back',
    'http://localhost/',
    'http://localhost:3000/back?a=1',
    'http://[::1]:5173/back',
  ])('accepts %s', (text) => {
    const checked = checkReturnUrl(text, ALLOWED);

    expect(checked).toMatchObject({ ok: true });
    expect(checked.ok && checked.value.href).toBe(new URL(text).href);
  });

  it.each([
    ['user name that looks like the host', 'https://ok.com@evil.example/'],
    ['user name and password', 'https://ok.com:443@evil.example/'],
    ['user name before the right host', 'https://user@ok.com/'],
    ['password before the right host', 'https://:secret@ok.com/'],
    ['encoded at sign in the host', 'https://ok.com%40evil.example/'],
    ['longer host', 'https://ok.com.evil.example/'],
    ['host that only begins alike', 'https://ok.community/'],
    ['host before it', 'https://evil-ok.com/'],
    ['subdomain', 'https://app.ok.com/'],
    ['trailing dot', 'https://ok.com./'],
    ['another port', 'https://ok.com:444/'],
    ['the default port spelled out', 'https://ok.com:443/'],
    ['an empty port', 'https://ok.com:/'],
    ['plain http', 'http://ok.com/'],
    ['punycode of another host', 'https://xn--k-0ja.com/'],
    ['letters that fold to the host', 'https://ⓞk.com/'],
    ['a Kelvin sign for k', 'https://o\u212a.com/'],
    ['an ideographic full stop', 'https://ok\u3002com/'],
    ['a soft hyphen', 'https://o\u00adk.com/'],
    ['a zero-width space', 'https://ok.com\u200b/'],
    ['a tab that URL parsers drop', 'https://ok.com\t.evil.example/'],
    ['a newline that URL parsers drop', 'https://ok.com\n/'],
    ['a carriage return', 'https://ok.com/\r\nSet-Cookie: a=b'],
    ['a leading space', ' https://ok.com/'],
    ['a trailing space', 'https://ok.com/ '],
    ['a null character', 'https://ok.com/\u0000'],
    ['backslashes that URL parsers turn', 'https:\\\\ok.com\\'],
    ['a backslash before the at sign', 'https://evil.example\\@ok.com/'],
    ['upper case that does not read as the origin', 'HTTPS://OK.COM/'],
    ['one slash', 'https:/ok.com/'],
    ['no slash', 'https:ok.com/'],
    ['three slashes', 'https:///ok.com/'],
    ['no scheme', '//ok.com/'],
    ['no host', '/back'],
    ['nothing', ''],
    ['javascript:', 'javascript:alert(1)//https://ok.com/'],
    ['javascript: with the host as its authority', 'javascript://ok.com/%0aalert(1)'],
    ['data:', 'data:text/html,https://ok.com/'],
    ['blob: of the right origin', 'blob:https://ok.com/0'],
    ['a custom scheme', 'app://ok.com/'],
    ['ftp', 'ftp://localhost/'],
    ['view-source:', 'view-source:https://ok.com/'],
    ['a fragment', 'https://ok.com/#access_token=x'],
    ['an empty fragment', 'https://ok.com/#'],
    ['a loopback address by another name', 'http://localhost.evil.example:3000/'],
    ['a loopback address as a user name', 'http://localhost:3000@evil.example/'],
    ['a loopback address in hexadecimal', 'http://0x7f000001:3000/'],
    ['https on loopback, which was not allowed', 'https://localhost:3000/'],
    ['another port of a listed loopback address', 'http://[::1]:5174/'],
    ['a parameter of ours', 'https://ok.com/?error=none'],
    ['a parameter of ours, encoded', 'https://ok.com/?%65rror=none'],
    ['a parameter of ours among others', 'https://ok.com/?a=1&confirmation_code=mine'],
    ['1,501 characters', `https://ok.com/${'a'.repeat(1486)}`],
  ])('refuses %s [hostile 27]', (_, text) => {
    const checked = checkReturnUrl(text, ALLOWED);

    expect(checked).toMatchObject({ ok: false, failure: { reason: 'return_url_not_allowed' } });
  });

  it('accepts 1,500 characters', () => {
    expect(isAccepted(`https://ok.com/${'a'.repeat(1485)}`)).toBe(true);
  });

  it.each([
    ['https://user@ok.com/', 'user name or password'],
    ['https://ok.com/#a', 'fragment'],
    ['app://ok.com/', 'begin with https://'],
    ['/back', 'not an absolute URL'],
    ['https://ok.com/ä', 'percent-encoded'],
    ['https://evil.example/', 'list of return origins'],
    ['https://ok.com/?error=1', 'query parameters error'],
  ])('says why it refuses %s', (text, reason) => {
    expect(JSON.stringify(checkReturnUrl(text, ALLOWED))).toContain(reason);
  });

  it('allows nothing when the list is empty', () => {
    expect(checkReturnUrl('https://ok.com/', []).ok).toBe(false);
  });

  it('never repeats the URL in its reason', () => {
    for (const text of ['https://evil.example/', 'javascript:alert(1)', 'https://ok.com/#token', 'https://a@ok.com/']) {
      const checked = checkReturnUrl(text, ALLOWED);
      expect(JSON.stringify(checked)).not.toMatch(/evil|alert|token|a@/);
    }
  });

  const pieces = fc.constantFrom(
    ...['https://', 'http://', 'https:', 'javascript:', 'ok.com', 'OK.com', 'evil.example', 'localhost', '[::1]'],
    ...[':443', ':8443', ':5173', ':', '@', '/', '//', '\\', '?', '#', '.', '..', '%2f', '%40', '%00', '\t', '\n', ' '],
    ...['error=1', '&', '=', 'a', '\u3002', '\u212a', '\u200b'],
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 6 }).map((parts) => `https://ok.com${parts.join('')}`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.constantFrom('https://ok.com', 'http://localhost:1'), fc.string()).map((parts) => parts.join('')),
  );

  it('accepts no URL whose origin, as every browser reads it, is not listed [hostile 27]', () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const checked = checkReturnUrl(text, ALLOWED);
        if (!checked.ok) return;
        accepted += 1;
        const url = new URL(text);
        expect(isListed(url.origin)).toBe(true);
        expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
        expect(text.startsWith(url.origin)).toBe(true);
        expect(checked.value.href).toBe(url.href);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});

describe('checkReturnOrigin', () => {
  const PUBLIC = 'https://gateway.example';

  it.each(['https://app.example.com', 'https://app.example.com:8443', 'http://localhost:3000', 'http://[::1]:5173'])(
    'accepts %s',
    (entry) => {
      expect(checkReturnOrigin(entry, PUBLIC)).toBeUndefined();
    },
  );

  it.each([
    'https://app.example.com/',
    'https://app.example.com/back',
    'https://APP.example.com',
    'https://app.example.com:443',
    'https://user@app.example.com',
    'https://app.example.com?',
    'https://*.example.com',
    'https://*',
    'http://app.example.com',
    'http://localhost.example.com',
    'ftp://localhost',
    'wss://localhost',
    'app://localhost',
    'null',
    '*',
    '',
    'app.example.com',
    'javascript:alert(1)',
  ])('refuses %s', (entry) => {
    expect(checkReturnOrigin(entry, PUBLIC)).toMatch(/./);
  });

  it('allows any port on loopback only while the gateway itself is there', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(checkReturnOrigin(`http://${host}:*`, 'http://localhost:3000')).toBeUndefined();
      expect(checkReturnOrigin(`http://${host}:*`, PUBLIC)).toMatch(/name the exact port/);
    }
    expect(checkReturnOrigin('https://localhost:*', 'http://localhost:3000')).toMatch(/./);
  });

  it('lets every accepted entry match its own URLs', () => {
    for (const entry of ['https://app.example.com', 'http://localhost:3000', 'http://[::1]:5173']) {
      expect(checkReturnUrl(`${entry}/back`, [entry]).ok).toBe(true);
    }
  });
});

describe('isLoopbackOrigin', () => {
  it('knows this machine by its three names only', () => {
    expect(
      ['http://localhost', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://localhost'].every(isLoopbackOrigin),
    ).toBe(true);
    expect(
      ['http://localhost.evil.example', 'http://127.0.0.2', 'http://0.0.0.0', 'https://ok.com', ''].some(
        isLoopbackOrigin,
      ),
    ).toBe(false);
  });
});

describe('buildReturnLocation', () => {
  const locate = (text: string) => buildReturnLocation(new URL(text), { connect_session_id: 'cs_1', error: 'a b&c' });

  it.each([
    ['https://ok.com', 'https://ok.com/?connect_session_id=cs_1&error=a+b%26c'],
    ['https://ok.com/back?', 'https://ok.com/back?connect_session_id=cs_1&error=a+b%26c'],
    ['https://ok.com/back?page=2', 'https://ok.com/back?page=2&connect_session_id=cs_1&error=a+b%26c'],
    ['https://ok.com/?a=%20&b&c=%7E;d', 'https://ok.com/?a=%20&b&c=%7E;d&connect_session_id=cs_1&error=a+b%26c'],
  ])("keeps the app's own query as it was written: %s", (text, location) => {
    expect(locate(text)).toBe(location);
  });

  it('adds values that are read back as they were, and stays at the same origin', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const location = new URL(buildReturnLocation(new URL('https://ok.com/back?page=2'), { error: value }));

        expect(location.origin).toBe('https://ok.com');
        expect(location.hash).toBe('');
        expect(location.searchParams.getAll('error')).toEqual([value]);
        expect(location.searchParams.get('page')).toBe('2');
      }),
    );
  });
});
