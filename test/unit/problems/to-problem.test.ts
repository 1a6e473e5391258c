import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/problems/failure.ts';
import { OutageError } from '../../../shared/problems/failure.ts';
import { PROBLEM_TEXTS } from '../../../shared/problems/problem-texts.ts';
import { toProblem } from '../../../shared/problems/to-problem.ts';

const problemOf = (failure: Failure) => toProblem(failure, 'https://gateway.example', 'REQUESTID=');

describe('toProblem', () => {
  it('links the page of the code and names the request', () => {
    expect(problemOf({ reason: 'connection_not_found' })).toEqual({
      type: 'https://gateway.example/problems/connection_not_found',
      title: PROBLEM_TEXTS.connection_not_found.title,
      status: 404,
      detail: PROBLEM_TEXTS.connection_not_found.advice,
      instance: 'urn:request:REQUESTID=',
      code: 'connection_not_found',
    });
  });

  it('says in detail what is wrong where, before what to do', () => {
    const errors = [
      { pointer: '/user_id', detail: 'must be string' },
      { parameter: 'limit', detail: 'must be a whole number' },
    ];

    expect(problemOf({ reason: 'input_invalid', errors })).toMatchObject({
      detail: `/user_id: must be string. limit: must be a whole number. ${PROBLEM_TEXTS.input_invalid.advice}`,
      errors,
    });
  });

  it('calls the whole document the body: its pointer is the empty text (RFC 6901 §5)', () => {
    const errors = [{ pointer: '', detail: 'must be object' }];

    expect(problemOf({ reason: 'input_invalid', errors }).detail).toMatch(/^body: must be object\./);
  });

  it.each<[Failure, object]>([
    [{ reason: 'input_too_large', maxBytes: 7 }, { max_bytes: 7 }],
    [{ reason: 'input_not_json', detail: 'Twice.', pointer: '/a' }, { errors: [{ pointer: '/a', detail: 'Twice.' }] }],
    [{ reason: 'return_url_not_allowed', detail: 'No.' }, { errors: [{ pointer: '/return_url', detail: 'No.' }] }],
    [{ reason: 'method_not_allowed', allowed: ['GET'] }, { allowed: ['GET'] }],
    [{ reason: 'confirmation_rejected', attemptsLeft: 2 }, { attempts_left: 2 }],
    [{ reason: 'confirmation_in_progress', retryAfterSeconds: 3 }, { retry_after_seconds: 3 }],
    [{ reason: 'scope_missing', missing: ['guilds', 'email'] }, { missing: ['guilds', 'email'] }],
    [{ reason: 'reconnect_required', statusReason: 'grant_dead' }, { status_reason: 'grant_dead' }],
    [
      { reason: 'discord_rejected', status: 404, discordCode: 10004 },
      { status: 404, discord: { status: 404, code: 10004 } },
    ],
    [
      { reason: 'discord_rejected', status: 405 },
      { status: 405, discord: { status: 405 } },
    ],
    [
      { reason: 'discord_rate_limited', retryAfterSeconds: 9, scope: 'shared', bucket: 'b' },
      { status: 429, retry_after_seconds: 9, discord: { scope: 'shared', bucket: 'b' } },
    ],
    [
      { reason: 'discord_unavailable', status: 503 },
      { status: 502, discord: { status: 503 } },
    ],
    [
      { reason: 'discord_rate_limited', retryAfterSeconds: 9, discordCode: 20016 },
      { status: 429, retry_after_seconds: 9, discord: { code: 20016 } },
    ],
    [
      { reason: 'discord_refused', status: 403, discordCode: 50013, detail: 'It says so.' },
      { status: 403, discord: { status: 403, code: 50013 } },
    ],
    [
      { reason: 'discord_not_ready', status: 202, discordCode: 110000, detail: 'Not yet.', retryAfterSeconds: 3 },
      { status: 503, discord: { status: 202, code: 110000 }, retry_after_seconds: 3 },
    ],
    [
      {
        reason: 'discord_input_rejected',
        status: 400,
        discordCode: 50035,
        detail: 'Some values are wrong.',
        errors: [{ pointer: '/embeds/0', detail: 'Too long.', code: 'MAX' }],
      },
      { status: 400, discord: { code: 50035 }, errors: [{ pointer: '/embeds/0', detail: 'Too long.', code: 'MAX' }] },
    ],
    [
      { reason: 'idempotency_in_progress', retryAfterSeconds: 1 },
      { status: 409, retry_after_seconds: 1 },
    ],
  ])('carries the facts of %j', (failure, members) => {
    expect(problemOf(failure)).toMatchObject(members);
  });

  it('says what Discord means before it says what to do, and ends each sentence once', () => {
    const failure: Failure = {
      reason: 'discord_input_rejected',
      status: 400,
      discordCode: 50035,
      detail: 'Some values are wrong.',
      errors: [
        { pointer: '/a', detail: 'Too long.' },
        { parameter: 'limit', detail: 'is too small' },
      ],
    };

    expect(problemOf(failure).detail).toMatch(
      /^Some values are wrong\. \/a: Too long\. limit: is too small\. Correct /,
    );
  });

  it('tells with every outage when to come back, except where waiting does not help', () => {
    const outages = Object.entries(PROBLEM_TEXTS)
      .filter(([, { status }]) => [502, 503, 504].includes(status))
      .map(([reason]) => reason);
    const silent = outages.filter(
      (reason) =>
        problemOf({ reason, maxBytes: 1, missing: '', retryAfterSeconds: 1 } as unknown as Failure)
          .retry_after_seconds === undefined,
    );

    expect(silent).toEqual(['discord_answer_too_large', 'sealed_data_unreadable']);
  });
});

describe('PROBLEM_TEXTS', () => {
  it.each(Object.entries(PROBLEM_TEXTS))(
    '%s has a short title and says what to do',
    (code, { title, advice, status }) => {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z][^.]{5,70}$/);
      expect(advice).toMatch(/^[`A-Za-z].{20,}[.]$/s);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    },
  );

  it('has a title of its own for every code', () => {
    const titles = Object.values(PROBLEM_TEXTS).map(({ title }) => title);

    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('OutageError', () => {
  it('carries what to answer and the name of the cause, nothing of its words', () => {
    const error = new OutageError({ reason: 'storage_unavailable' }, 'ThrottlingException');

    expect([error.name, error.message, error.causeName, error.cause]).toEqual([
      'OutageError',
      'storage_unavailable',
      'ThrottlingException',
      undefined,
    ]);
  });
});
