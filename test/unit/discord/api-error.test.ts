import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActionAnswer } from '../../../shared/discord/api-error.ts';
import { KNOWN_CODES } from '../../../shared/discord/error-codes.ts';

function judge(status: number, body: unknown, headers: Record<string, string> = {}, hasBody = true): unknown {
  const judged = parseActionAnswer(
    {
      status,
      headers: new Headers({ 'content-type': 'application/json', ...headers }),
      body: Buffer.from(JSON.stringify(body)),
    },
    [200],
    hasBody,
  );
  return judged.ok ? 'success' : judged.failure;
}

/** Discord's codes by what they become, written down apart from the product's table. */
const EXPECTED: Record<string, readonly number[]> = {
  discord_unauthorized: [50014, 50025, 40001, 40012],
  discord_not_found: [10003, 10004, 10007, 10008, 10011, 10013, 10014, 10026, 10001, 10999],
  webhook_gone: [10015, 50027],
  discord_refused: [50001, 50013, 160002, 160014, 60003, 20015],
  recipient_refuses: [50007, 50278, 50009, 20009, 40007],
  discord_input_rejected: [
    50035, 50006, 50008, 50016, 50021, 50024, 50034, 50109, 40058, 50005, 50019, 50033, 50068, 220001, 220002, 220003,
  ],
  conflict: [50083, 160005, 40033, 160004, 40060],
  discord_too_large: [40005, 50045],
  discord_misused: [20001, 20002, 50002, 50041, 40333],
  discord_rate_limited: [20016, 20022, 20028, 20029, 30046, 40003, 40062],
  limit_reached: [30003, 30005, 30007, 30010, 30013, 30015, 30033, 30058, 160006, 160007, 30001, 30999],
  blocked_by_policy: [200000, 240000, 90001, 400001],
  discord_not_ready: [40004, 40006, 110000, 130000],
};

describe('parseActionAnswer', () => {
  it.each(Object.entries(EXPECTED).flatMap(([reason, codes]) => codes.map((code) => [code, reason] as const)))(
    'makes of the code %i %s, whatever the status',
    (code, reason) => {
      for (const status of [400, 403, 404, 500]) {
        const failure = judge(status, { code, message: 'Discord says' });

        expect(failure).toMatchObject({ reason });
        if (reason !== 'discord_unauthorized') expect(failure).toMatchObject({ discordCode: code });
        expect(JSON.stringify(failure)).not.toContain('Discord says');
      }
    },
  );

  it('has a sentence for every code that it knows', () => {
    for (const code of KNOWN_CODES) {
      const failure = judge(400, { code });

      expect(JSON.stringify(failure)).toMatch(/"detail":"[A-Z].+\."|discord_unauthorized|discord_rate_limited/);
    }
  });

  it.each([
    [403, 50026],
    [400, 0],
    [404, 99999],
    [405, 0],
  ])('leaves %i with the code %i to its status', (status, discordCode) => {
    expect(judge(status, { code: discordCode })).toEqual({ reason: 'discord_rejected', status, discordCode });
  });

  it('judges as before what has no code', () => {
    expect(judge(200, {})).toBe('success');
    expect(judge(200, { code: 10003 })).toBe('success');
    expect(judge(401, { code: 0 })).toEqual({ reason: 'discord_unauthorized' });
    expect(judge(404, {})).toEqual({ reason: 'discord_rejected', status: 404 });
    expect(judge(502, {})).toEqual({ reason: 'discord_unavailable', status: 502 });
    expect(judge(202, {})).toEqual({ reason: 'discord_answer_unreadable' });
    expect(judge(202, { code: 10003 })).toEqual({ reason: 'discord_answer_unreadable' });
  });

  it('sees a dead webhook token in a 401, before it counts as a refused credential', () => {
    expect(judge(401, { code: 50027 })).toMatchObject({ reason: 'webhook_gone', status: 401 });
  });

  it('tells that messages are not indexed yet, and until when', () => {
    expect(judge(202, { code: 110000, retry_after: 2.5 })).toMatchObject({
      reason: 'discord_not_ready',
      status: 202,
      retryAfterSeconds: 3,
    });
    expect(judge(202, { code: 110000, retry_after: 0 })).toMatchObject({ retryAfterSeconds: 5 });
  });

  it('reads the wait of every 429 with its code, scope and bucket', () => {
    const headers = { 'retry-after': '7', 'x-ratelimit-scope': 'shared', 'x-ratelimit-bucket': 'abc' };

    expect(judge(429, { code: 30046, retry_after: 6.1 }, headers)).toEqual({
      reason: 'discord_rate_limited',
      retryAfterSeconds: 7,
      scope: 'shared',
      bucket: 'abc',
      discordCode: 30046,
    });
  });

  it('names the places of field errors', () => {
    const errors = {
      embeds: {
        0: { 'a/b~': { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }] } },
        1: { _errors: [{ code: 12, message: 'a\nb' }, { code: 'x y' }, 'text'] },
      },
      _errors: [{ code: 'ALL', message: 'x'.repeat(201) }],
    };

    expect(judge(400, { code: 50035, message: 'Invalid Form Body', errors })).toMatchObject({
      errors: [
        { pointer: '/embeds/0/a~1b~0', detail: 'This field is required', code: 'BASE_TYPE_REQUIRED' },
        { pointer: '/embeds/1', detail: 'is not accepted by Discord', code: '12' },
        { pointer: '/embeds/1', detail: 'is not accepted by Discord' },
        { pointer: '/embeds/1', detail: 'is not accepted by Discord' },
        { pointer: '', detail: 'is not accepted by Discord', code: 'ALL' },
      ],
    });
    expect(
      judge(400, { code: 50035, errors: { limit: errors._errors, q: { _errors: [{}] } } }, {}, false),
    ).toMatchObject({ errors: [{ parameter: 'q' }] });
  });

  it('bears every form of errors, and names at most 20', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index, { _errors: [{}] }]));
    let deep: unknown = { _errors: [{}] };
    for (let level = 0; level < 1_000; level += 1) deep = { a: deep };

    expect(judge(400, { code: 50035, errors: many })).toHaveProperty('errors.length', 20);
    expect(judge(400, { code: 50035, errors: deep })).toMatchObject({ errors: [] });
    fc.assert(
      fc.property(fc.jsonValue(), (errors) => {
        expect(judge(400, { code: 50035, errors })).toMatchObject({ reason: 'discord_input_rejected' });
      }),
    );
  });
});
