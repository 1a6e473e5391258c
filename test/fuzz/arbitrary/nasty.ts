import fc from 'fast-check';

/** JSON that stands in a body as it is: what `JSON.stringify` would never write. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text.length > 60 ? `${this.text.slice(0, 60)}…` : this.text;
  }
}

/** Writes a value with its {@link RawJson} parts. */
export function toJsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(toJsonText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${toJsonText(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** `depth` brackets around nothing. */
const nest = (depth: number, open: string, close: string): RawJson =>
  new RawJson(open.repeat(depth) + close.repeat(depth));

const RAW_VALUES = [
  '1e400',
  '-1e400',
  '1e-400',
  '-0',
  '0.1',
  '123456789012345678901234567890',
  '9007199254740993',
  '18446744073709551615',
  '01',
  'NaN',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u0000"',
  '{"a":1,"a":2}',
  '{"content":"x","content":"y"}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"\\u005f_proto__":null}',
  '{"":{"":[]}}',
].map((text) => new RawJson(text));

const TEXTS = [
  '',
  ' ',
  '\u0000',
  '\u202e\u200b\ufeff',
  '@everyone',
  '<@&197038439483310101>',
  '```',
  "'; DROP TABLE x; --",
  '${7*7}{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '\r\nX-Injected: 1',
  '../../../etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  'javascript:alert(1)',
  'attachment://a.png',
  'toString',
  '__proto__',
  '👩‍🚀'.repeat(200),
  'x'.repeat(2_001),
  'x'.repeat(70_000),
  '2026-01-31T12:00:00Z',
  '9999999999999999999',
  '-1',
  '1e3',
];

/** A value where something else is expected. */
export function nastyJson(ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1,
      2,
      3,
      64,
      4096,
      2_147_483_648,
      1e21,
      [],
      {},
      [[]],
      [null],
      [{}],
    ),
    fc.constantFrom<unknown>(...TEXTS),
    fc.constantFrom<unknown>(...RAW_VALUES),
    fc.constantFrom<unknown>(nest(31, '[', ']'), nest(33, '[', ']'), nest(20_000, '[', ']'), nest(5_000, '{"a":', '}')),
    fc.constantFrom<unknown>(...ids),
    fc
      .constantFrom(11, 26, 101)
      .map((count): unknown => Array.from({ length: count }, (_, at) => ({ id: String(at) }))),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.json({ maxDepth: 3 }).map((text): unknown => new RawJson(text)),
  );
}

/** Names for members of objects. */
export const nastyKey: fc.Arbitrary<string> = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  'a/b~c',
  'access_token',
  'token',
  'url',
  'nonce',
  'tts',
  'flags',
  'embeds',
  'components',
  'attachments',
  'poll',
  'message_reference',
  'allowed_mentions',
  'permission_overwrites',
  'roles',
  'x'.repeat(300),
);

/** Percent-encodes every byte that a path segment does not take as it is. */
export function encodeSegment(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9._~!$&'()*+,;=:@-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
    })
    .join('');
}

const SEGMENTS = [
  '',
  '.',
  '..',
  '%2e',
  '%2e%2e',
  '%252e%252e',
  '..%2f..',
  '%2F',
  '%252F',
  '%5C',
  '..%5c..',
  '%00',
  '%0d%0aX-Injected:%201',
  '%7F',
  '%3F',
  '%3Fa=b',
  '%23',
  '%25',
  '%',
  '%zz',
  '%u0041',
  '%ff',
  '%c0%af',
  '%ed%a0%80',
  '%EF%BB%BF',
  '%F0%9F%91%8D',
  '%E2%80%AE',
  '\u00c3\u00a9',
  '\u00ff',
  '@me',
  '@original',
  '@everyone',
  'null',
  'undefined',
  '-1',
  '0',
  '00',
  '1',
  '1e309',
  '18446744073709551615',
  '18446744073709551616',
  '__proto__',
  'constructor',
  '{guild_id}',
  '*',
  ';jsessionid=1',
  '${jndi:x}',
  'messages',
  'pins',
  'search',
  'bulk-delete',
  'slack',
  'github',
  'api',
  'v9',
  'x'.repeat(3_000),
  // More than API Gateway takes of request line and headers.
  'x'.repeat(11_000),
  '9'.repeat(400),
];

/**
 * A path segment as it stands in the request line.
 * @param secrets - real ones, as a client of Discord would put a webhook's token there
 */
export function nastySegment(secrets: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...SEGMENTS) },
    fc.constantFrom(...secrets),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map(encodeSegment),
    fc.bigInt({ min: 0n, max: 1n << 66n }).map(String),
    // As the tokens of webhooks look, and of bots.
    fc.uint8Array({ minLength: 51, maxLength: 51 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc
      .uint8Array({ minLength: 27, maxLength: 27 })
      .map((bytes) => `MTE1NzM4MjA5NDUxMzg3MjkyNg.Gabcde.${Buffer.from(bytes).toString('base64url')}`),
  );
}
