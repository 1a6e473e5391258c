import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseApiAnswer } from '../../../shared/discord/api-answer.ts';

const JSON_TYPE = 'application/json';

function judge(status: number, body: string | Uint8Array, contentType = JSON_TYPE) {
  const headers = new Headers(contentType === '' ? {} : { 'content-type': contentType });
  return parseApiAnswer({ status, headers, body: Buffer.from(body) }, [200, 204]);
}

function failureOf(...answer: Parameters<typeof judge>): unknown {
  const judged = judge(...answer);
  return judged.ok ? undefined : judged.failure;
}

describe('parseApiAnswer', () => {
  it('keeps the bytes of a success, numbers beyond 2^53 and unknown fields included [hostile 30]', () => {
    const text = '{ "id": 175928847299117063, "new":\t"\\u00e9é", "flags": 1e0 }\n';
    const judged = judge(200, text);

    expect(judged.ok && Buffer.from(judged.value.body).toString('utf8')).toBe(text);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('reads %s as JSON', (type) => {
    expect(judge(200, '[]', type).ok).toBe(true);
  });

  it('accepts 204 without a body', () => {
    expect(judge(204, '', '').ok).toBe(true);
  });

  it.each([
    ['HTML', 200, '<html></html>', 'text/html'],
    ['JSON under another type', 200, '{}', 'text/html'],
    ['JSON without a type', 200, '{}', ''],
    ['truncated JSON', 200, '{"id":"1', JSON_TYPE],
    ['nothing', 200, '', JSON_TYPE],
    ['invalid UTF-8', 200, Uint8Array.of(0x22, 0xc3, 0x28, 0x22), JSON_TYPE],
    ['a lone continuation byte', 200, Uint8Array.of(0x22, 0x80, 0x22), JSON_TYPE],
    ['a success that the catalogue does not name', 201, '{}', JSON_TYPE],
    ['a redirect', 302, '{}', JSON_TYPE],
    ['a body with 204', 204, '{}', JSON_TYPE],
  ])('takes %s for unreadable [hostile 37]', (_, status, body, type) => {
    expect(failureOf(status, body, type)).toEqual({ reason: 'discord_answer_unreadable' });
  });

  it('bears JSON of any depth', () => {
    expect(judge(200, '['.repeat(200_000) + ']'.repeat(200_000)).ok).toBe(true);
  });

  it('tells a refused credential from all other refusals', () => {
    expect(failureOf(401, '{"message":"401: Unauthorized","code":0}')).toEqual({ reason: 'discord_unauthorized' });
  });

  it("passes on status and numeric code of a refusal, none of Discord's words", () => {
    expect(failureOf(403, '{"message":"Missing Access <b>","code":50001,"errors":{}}')).toEqual({
      reason: 'discord_rejected',
      status: 403,
      discordCode: 50001,
    });
  });

  it.each(['<html>403</html>', '{"code":"50001"}', '{"code":1.5}', '{"code":1e400}', '[]', 'null', ''])(
    'gives no code for a refusal that says %j',
    (body) => {
      expect(failureOf(404, body)).toEqual({ reason: 'discord_rejected', status: 404 });
    },
  );

  it('reads a 429 as a wait and 5xx as an outage, whatever they say', () => {
    expect(failureOf(429, '{"retry_after":3}')).toEqual({ reason: 'discord_rate_limited', retryAfterSeconds: 3 });
    expect(failureOf(429, 'error code: 1015', 'text/plain')).toEqual({
      reason: 'discord_rate_limited',
      retryAfterSeconds: 5,
    });
    expect(failureOf(502, '<html>', 'text/html')).toEqual({ reason: 'discord_unavailable', status: 502 });
  });

  it('judges every answer without throwing, and echoes no text of a failure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.uint8Array(), (status, body) => {
        const marked = Buffer.concat([Buffer.from('MARK'), body]);
        const judged = judge(status, marked);

        expect(judged.ok).toBe(false);
        expect(JSON.stringify(judged)).not.toContain('MARK');
      }),
    );
  });
});
