import { describe, expect, it } from 'vitest';
import type { FuzzAnswer } from './fuzzed-request.ts';
import { findViolations, type FuzzSecret, type Sent } from './judge.ts';
import { isKnownCall } from './upstream.ts';

const SECRET: FuzzSecret = { kind: 'bot token', value: 'MTE1.Gabcde.very-secret-indeed' };
const PROBLEM = {
  type: 'http://localhost:1/problems/input_invalid',
  title: 'Invalid',
  status: 400,
  detail: 'It is wrong.',
  instance: 'urn:request:r-1',
  code: 'input_invalid',
};

function answer(status: number, body: unknown, changed: Partial<FuzzAnswer> = {}): FuzzAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-request-id': 'r-1' },
    cookies: [],
    text,
    ...changed,
  };
}

function sent(changed: Partial<Sent>): Sent {
  return {
    request: { method: 'GET', target: '/x', headers: [], body: new Uint8Array() },
    answer: answer(400, PROBLEM),
    log: [{ level: 'info', event: 'request', route: 'GET /connections', code: 'input_invalid' }],
    written: [],
    upstream: [],
    ...changed,
  };
}

const judge = (changed: Partial<Sent>) => findViolations(sent(changed), [SECRET]);

describe('the judge of fuzzed requests', () => {
  it('finds nothing in a refusal with a whole problem, in a success, and in what the gateway refuses', () => {
    expect(judge({})).toEqual([]);
    expect(judge({ answer: answer(200, []), log: [{ level: 'info', event: 'request', route: 'x' }] })).toEqual([]);
    expect(judge({ answer: answer(404, { message: 'Not Found' }, { headers: {} }), log: [] })).toEqual([]);
  });

  it.each<[string, Partial<Sent>]>([
    ['no answer in time', { answer: undefined }],
    ['an internal error', { answer: answer(500, { ...PROBLEM, status: 500, code: 'internal_error' }) }],
    [
      'an upstream failure that nobody has caused',
      { answer: answer(502, { ...PROBLEM, code: 'discord_unavailable' }) },
    ],
    ['a bug in the log', { log: [...sent({}).log, { level: 'warn', event: 'bug' }] }],
    ['an error in the log', { log: [...sent({}).log, { level: 'error', event: 'outage' }] }],
    ['a code that is not pinned', { answer: answer(400, { ...PROBLEM, code: 'new_code' }) }],
    ['a code that is a name of Object', { answer: answer(400, { ...PROBLEM, code: 'constructor' }) }],
    ['another code than in the log', { answer: answer(400, { ...PROBLEM, code: 'action_unknown' }) }],
    ['a refusal that is no problem', { answer: answer(400, 'Bad Request') }],
    ['a problem without detail', { answer: answer(400, { ...PROBLEM, detail: '' }) }],
    ['a problem of another status', { answer: answer(404, PROBLEM) }],
    [
      'a page where programs ask',
      { answer: answer(400, '<p>', { headers: { 'content-type': 'text/html', 'x-request-id': '1' } }) },
    ],
    [
      'an answer without request id',
      { answer: answer(400, PROBLEM, { headers: { 'content-type': 'application/json' } }) },
    ],
    [
      'an injected header',
      { answer: answer(400, PROBLEM, { headers: { ...answer(400, '').headers, 'x-injected': '1' } }) },
    ],
    ['a status that the gateway does not give', { answer: answer(418, { message: 'x' }), log: [] }],
    [
      'a function that breaks behind the gateway',
      { answer: answer(500, { message: 'Internal Server Error' }), log: [] },
    ],
    ['a dry run with a code that is not pinned', { answer: answer(200, { dry_run: true, problems: [{ code: 'x' }] }) }],
    ['a secret in the answer', { answer: answer(200, { token: SECRET.value }) }],
    ['a secret in a header', { answer: answer(200, [], { headers: { 'x-request-id': '1', link: SECRET.value } }) }],
    ['a secret in the log', { written: [`path=/webhooks/1/${SECRET.value}`] }],
    [
      'an unknown call at Discord',
      { upstream: [{ method: 'GET', path: '/api/v10/guilds/1/audit-logs', query: [], status: 404 }] },
    ],
    [
      'a method that Discord does not have',
      { upstream: [{ method: 'GET', path: '/api/v10/guilds/1', query: [], status: 405 }] },
    ],
    ['a simulator that breaks', { upstream: [{ method: 'GET', path: '/api/v10/guilds/1', query: [], status: null }] }],
  ])('finds %s', (_, changed) => {
    expect(judge(changed)).toHaveLength(1);
  });

  it('finds a member that every object has got', () => {
    Object.defineProperty(Object.prototype, 'polluted', { value: 1, enumerable: true, configurable: true });
    // The test's own tools must not meet it.
    const violations = judge({});
    Reflect.deleteProperty(Object.prototype, 'polluted');

    expect(violations).toEqual(['every object has got a member polluted']);
  });
});

describe('calls at Discord', () => {
  const isKnown = (method: string, path: string, query: string[] = []) =>
    isKnownCall({ method, path, query, status: 200 });

  it('are known when the catalogue, its decisions or OAuth make them', () => {
    expect(isKnown('POST', '/api/v10/channels/12/messages')).toBe(true);
    expect(isKnown('GET', '/api/v10/channels/12/messages', ['limit', 'before'])).toBe(true);
    expect(isKnown('PUT', '/api/v10/channels/1/messages/2/reactions/%F0%9F%91%8D/@me')).toBe(true);
    expect(isKnown('POST', '/api/v10/webhooks/12/sha256:abc', ['wait', 'thread_id'])).toBe(true);
    expect(isKnown('GET', '/api/v10/applications/@me')).toBe(true);
    expect(isKnown('POST', '/api/oauth2/token')).toBe(true);
  });

  it('are not when the path, an id, the method or a parameter is another', () => {
    expect(isKnown('DELETE', '/api/v10/guilds/12')).toBe(false);
    expect(isKnown('GET', '/api/v10/guilds/12/')).toBe(false);
    expect(isKnown('GET', '/api/v10/guilds/%2E%2E')).toBe(false);
    expect(isKnown('GET', '/api/v10/channels/12%2F34')).toBe(false);
    expect(isKnown('GET', '/api/v9/guilds/12')).toBe(false);
    expect(isKnown('GET', '/api/v10/channels/12/messages', ['token'])).toBe(false);
  });
});
