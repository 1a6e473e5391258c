import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ThrottledFailure } from '../../../infra/local/gateway/invoker.ts';
import { startGateway } from '../../../infra/local/gateway/start-gateway.ts';
import type { Gateway } from '../../../infra/local/gateway/start-gateway.ts';
import { makeAssembly } from './make-template.ts';
import { headerValues, sendRequest } from './raw-request.ts';

let gateway: Gateway;
let invoke: () => unknown = () => undefined;
const logged: string[] = [];

beforeAll(async () => {
  gateway = await startGateway({
    assembly: makeAssembly({ routes: { 'GET /get': 'Fn', 'ANY /any': 'Fn' } }),
    resources: new Map(),
    environment: {},
    newRequestId: () => 'REQUESTID=',
    onLog: (line) => logged.push(line),
    // eslint-disable-next-line @typescript-eslint/require-await -- a throwing handler must reject, not throw
    invoker: async () => invoke(),
  });
});

afterAll(() => gateway.stop());

async function answerOf(result: unknown, requestLine = 'GET /any') {
  invoke = () => result;
  const { status, body, ...answer } = await sendRequest(gateway.port, requestLine);
  return { status, body, type: headerValues({ status, body, ...answer }, 'content-type'), ...answer };
}

const FAILURE = { status: 500, body: '{"message":"Internal Server Error"}', type: ['application/json'] };

describe('the answer to a function’s result', () => {
  it.each([
    ['an object without statusCode', { message: 'Hello' }, '{"message":"Hello"}'],
    ['a string', 'Hello', 'Hello'],
    ['a number', 7, '7'],
    ['a list', [1], '[1]'],
    ['null', null, 'null'],
    ['nothing', undefined, 'null'],
    ['a date inside', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ])('%s is a 200 of JSON', async (_, result, body) => {
    expect(await answerOf(result)).toMatchObject({ status: 200, body, type: ['application/json'] });
  });

  it('takes status, headers, cookies and body as they are', async () => {
    const answer = await answerOf({
      statusCode: 418,
      headers: { 'Content-Type': 'text/html', 'X-Number': 5, 'X-Flag': true },
      cookies: ['a=1; Path=/', 'b=2'],
      body: 'é',
    });

    expect(answer).toMatchObject({ status: 418, body: 'é', type: ['text/html'] });
    expect(headerValues(answer, 'set-cookie')).toEqual(['a=1; Path=/', 'b=2']);
    expect(headerValues(answer, 'x-number')).toEqual(['5']);
    expect(headerValues(answer, 'x-flag')).toEqual(['true']);
    expect(headerValues(answer, 'content-length')).toEqual(['2']);
    expect(headerValues(answer, 'apigw-requestid')).toEqual(['REQUESTID=']);
  });

  it('decodes a base64 body and defaults to plain text', async () => {
    expect(await answerOf({ statusCode: 200, body: 'SGk=', isBase64Encoded: true })).toMatchObject({
      body: 'Hi',
      type: ['text/plain; charset=utf-8'],
    });
  });

  it('ignores headers that are not the function’s to set', async () => {
    const headers = { Connection: 'upgrade', 'transfer-encoding': 'chunked', 'Content-Length': '99', Upgrade: 'x' };

    const answer = await answerOf({ statusCode: 200, headers, body: 'ok' });

    expect(answer.body).toBe('ok');
    expect(headerValues(answer, 'content-length')).toEqual(['2']);
    expect(headerValues(answer, 'transfer-encoding')).toEqual([]);
    expect(headerValues(answer, 'upgrade')).toEqual([]);
  });

  it('sends no body with 204 and none in answer to HEAD', async () => {
    expect(await answerOf({ statusCode: 204, body: 'x' })).toMatchObject({ status: 204, body: '' });
    const head = await answerOf({ statusCode: 200, body: 'four' }, 'HEAD /any');
    expect(head.body).toBe('');
    expect(headerValues(head, 'content-length')).toEqual(['4']);
  });

  it('routes HEAD to ANY and not to GET', async () => {
    expect(await answerOf('x', 'HEAD /get')).toMatchObject({ status: 404 });
    expect(await answerOf('x', 'GET /other')).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
    expect(await answerOf('x', 'POST /get')).toMatchObject({ status: 404 });
  });

  it.each([
    ['a status that is text', { statusCode: '200' }],
    ['a status below 200', { statusCode: 101 }],
    ['a status above 599', { statusCode: 600 }],
    ['a status that is no integer', { statusCode: 200.5 }],
    ['no status in statusCode', { statusCode: null }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['a list as header', { statusCode: 200, headers: { a: ['b'] } }],
    ['headers as list', { statusCode: 200, headers: [] }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header name with a space', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['a cookie with a line break', { statusCode: 200, cookies: ['a=b\r\nc: d'] }],
    ['cookies as text', { statusCode: 200, cookies: 'a=b' }],
    ['wrong base64', { statusCode: 200, body: 'a-b', isBase64Encoded: true }],
    ['more than 6 MB', { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024) }],
  ])('%s is a 500', async (_, result) => {
    logged.length = 0;

    expect(await answerOf(result)).toMatchObject(FAILURE);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^\[gateway\] GET "\/any" → 500: (malformed answer|the answer is larger)/);
  });

  it('an error is a 500 that does not tell it', async () => {
    invoke = () => {
      throw new Error('secret');
    };

    const answer = await sendRequest(gateway.port, 'GET /any');

    expect(answer).toMatchObject({ status: 500, body: FAILURE.body });
  });

  it('throttling by Lambda is a 503', async () => {
    invoke = () => {
      throw new ThrottledFailure('full');
    };

    expect(await sendRequest(gateway.port, 'GET /any')).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
    });
  });

  it('no answer within the integration’s time-out is a 503, and the waiting event is given up', async () => {
    let givenUp = false;
    const slow = await startGateway({
      assembly: makeAssembly({ integration: { TimeoutInMillis: 50 } }),
      resources: new Map(),
      environment: {},
      invoker: (_, __, ___, signal) =>
        new Promise(() => {
          signal?.addEventListener('abort', () => (givenUp = true));
        }),
    });

    const answer = await sendRequest(slow.port, 'GET /');
    await slow.stop();

    expect(answer).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
    expect(givenUp).toBe(true);
  });
});
