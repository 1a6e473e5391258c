import { describe, expect, it } from 'vitest';
import { respondFailure, respondJson, respondRedirect, type FailureStyle } from '../../../shared/http/respond.ts';
import type { Failure } from '../../../shared/problems/failure.ts';
import { PROBLEM_TEXTS } from '../../../shared/problems/problem-texts.ts';

const LIMITED: Failure = { reason: 'discord_rate_limited', retryAfterSeconds: 7, scope: 'user' };

function respond(failure: Failure, style: FailureStyle, accept?: string) {
  const response = respondFailure(failure, style, {
    publicBaseUrl: 'https://gateway.example',
    requestId: 'REQUESTID=',
    accept,
  });
  return { ...response, headers: response.headers ?? {}, body: response.body ?? '' };
}

function jsonOf(...request: Parameters<typeof respond>): unknown {
  return JSON.parse(respond(...request).body);
}

describe('respondFailure', () => {
  it('renders a problem (RFC 9457) with the wait in header and body', () => {
    const response = respond(LIMITED, 'problem');

    expect(response.statusCode).toBe(429);
    expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json', 'retry-after': '7' });
    expect(JSON.parse(response.body)).toEqual({
      type: 'https://gateway.example/problems/discord_rate_limited',
      title: PROBLEM_TEXTS.discord_rate_limited.title,
      status: 429,
      detail: PROBLEM_TEXTS.discord_rate_limited.advice,
      instance: 'urn:request:REQUESTID=',
      code: 'discord_rate_limited',
      retry_after_seconds: 7,
      discord: { scope: 'user' },
    });
  });

  it("speaks Discord's form where unmodified Discord clients call", () => {
    const response = respond(LIMITED, 'discord', '*/*');
    const { title, advice } = PROBLEM_TEXTS.discord_rate_limited;

    expect(response.headers['content-type']).toBe('application/json');
    expect(JSON.parse(response.body)).toMatchObject({
      code: 'discord_rate_limited',
      message: `${title}: ${advice}`,
      retry_after: 7,
    });
  });

  it('keeps to problem+json there for a client that names it', () => {
    const response = respond(LIMITED, 'discord', 'application/json, application/problem+json;q=0.5');

    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.body).not.toContain('"message"');
  });

  it('shows a browser a page, with the same status and headers', () => {
    const response = respond({ reason: 'connect_link_exhausted' }, 'page');

    expect(response.statusCode).toBe(429);
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("default-src 'none'") as unknown,
    });
    expect(response.body).toContain('REQUESTID=');
  });

  it('names the scheme with every 401 and the methods with every 405', () => {
    for (const reason of ['caller_missing', 'caller_malformed', 'caller_unknown'] as const) {
      expect(respond({ reason }, 'problem').headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    }
    expect(respond({ reason: 'method_not_allowed', allowed: ['GET', 'PATCH'] }, 'problem').headers).toMatchObject({
      allow: 'GET, PATCH',
    });
  });

  it('answers a refusal of Discord with its own status', () => {
    const failure: Failure = { reason: 'discord_rejected', status: 403, discordCode: 50001 };

    expect(respond(failure, 'discord').statusCode).toBe(403);
    expect(jsonOf(failure, 'discord')).toMatchObject({ status: 403, discord: { status: 403, code: 50001 } });
  });

  it('gives the same answer for everything that failed alike: neither place nor time', () => {
    expect(respond({ reason: 'caller_unknown' }, 'problem')).toEqual(respond({ reason: 'caller_unknown' }, 'problem'));
  });

  it('has a status that its problem repeats, for every code', () => {
    const fixed = Object.keys(PROBLEM_TEXTS).filter((code) => !['discord_rejected'].includes(code));
    const bare = { errors: [], missing: [], allowed: [] };
    for (const reason of fixed) {
      const failure = { ...bare, reason } as unknown as Failure;
      expect(jsonOf(failure, 'problem')).toMatchObject({
        status: respond(failure, 'problem').statusCode,
        code: reason,
      });
    }
  });
});

describe('respondJson', () => {
  it('is JSON of ours', () => {
    expect(respondJson(201, { a: 1 })).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
  });
});

describe('respondRedirect', () => {
  it('sends the browser on without telling where it came from', () => {
    expect(respondRedirect('https://ok.com/', ['a=b; Secure'])).toMatchObject({
      statusCode: 302,
      headers: { location: 'https://ok.com/', 'referrer-policy': 'no-referrer' },
      cookies: ['a=b; Secure'],
      body: '',
    });
  });
});
