import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../shared/discord/rate-headers.ts';

function secondsOf(header: string | undefined, body = ''): number {
  const headers = new Headers(header === undefined ? {} : { 'retry-after': header });
  return parseRetryAfter(headers, body).retryAfterSeconds;
}

describe('parseRetryAfter', () => {
  it.each([
    ['the header', '7', '', 7],
    ['the body', undefined, '{"retry_after":7.2}', 8],
    ['the longer of the two', '2', '{"retry_after":64.57}', 65],
    ['the longer, when it is the header', '90', '{"retry_after":0.4}', 90],
    ['a fraction rounded up', '0.2', '', 1],
    ['at most an hour of 1e9', '1000000000', '', 3600],
    ['at most an hour of 1e400', undefined, '{"retry_after":1e400}', 3600],
    ['5 seconds when nothing says', undefined, '', 5],
    ['5 seconds for 0', '0', '{"retry_after":0}', 5],
    ['5 seconds for a negative time', '-3', '{"retry_after":-1}', 5],
    ['5 seconds for a date', 'Wed, 21 Oct 2026 07:28:00 GMT', '', 5],
    ['5 seconds for a page of Cloudflare', undefined, '<html>error code: 1015</html>', 5],
    ['5 seconds for a body that is no object', undefined, 'null', 5],
    ['5 seconds for a text', undefined, '{"retry_after":"later"}', 5],
    ['a number that is sent as text', undefined, '{"retry_after":"1.5"}', 2],
  ])('takes %s [hostile 37]', (_, header, body, seconds) => {
    expect(secondsOf(header, body)).toBe(seconds);
  });

  it('always gives whole seconds from 1 to 3600', () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify({ retry_after: value })),
    );
    fc.assert(
      fc.property(
        fc.option(fc.oneof(fc.double().map(String), fc.constantFrom('x', '', '1e9'))),
        bodies,
        (header, body) => {
          const seconds = secondsOf(header ?? undefined, body);

          expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600).toBe(true);
        },
      ),
    );
  });

  it('passes on whose limit and which bucket it was', () => {
    const headers = new Headers({ 'x-ratelimit-scope': 'shared', 'x-ratelimit-bucket': 'abcd1234' });

    expect(parseRetryAfter(headers, '')).toMatchObject({ scope: 'shared', bucket: 'abcd1234' });
  });

  it('passes on no other text', () => {
    const headers = new Headers({ 'x-ratelimit-scope': '<script>', 'x-ratelimit-bucket': 'a b'.repeat(40) });

    expect(parseRetryAfter(headers, '')).toEqual({ reason: 'discord_rate_limited', retryAfterSeconds: 5 });
  });
});
