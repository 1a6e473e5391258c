import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../../../infra/local/gateway/start-gateway.ts';
import type { Gateway } from '../../../infra/local/gateway/start-gateway.ts';
import { makeAssembly } from './make-template.ts';
import { sendRaw, sendRequest } from './raw-request.ts';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway({
    assembly: makeAssembly({ routes: { 'ANY /items/{id}': 'Fn', 'ANY /deep/{rest+}': 'Fn', $default: 'Fn' } }),
    resources: new Map(),
    environment: {},
    publicOrigin: 'https://gateway.example',
    now: () => 1_783_711_145_766,
    newRequestId: () => 'REQUESTID=',
    invoker: (_, event) => Promise.resolve(event),
  });
});

afterAll(() => gateway.stop());

async function eventOf(requestLine: string, headers: string[] = [], body = ''): Promise<APIGatewayProxyEventV2> {
  const answer = await sendRequest(gateway.port, requestLine, headers, body);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body) as APIGatewayProxyEventV2;
}

describe('the event of payload format 2.0', () => {
  it('has every field of a live capture, and no others', async () => {
    const body = '{"unicode":"lambda-\xce\xbb"}';

    const event = await eventOf(
      'POST /capture/space%20value?repeat=one&repeat=two&u=https%3A%2F%2Fa&literalPlus=a+b&encodedPlus=a%2Bb&empty=&bare',
      [
        'Accept: */*',
        'Content-Type: application/json',
        'User-Agent: curl/8.7.1',
        'X-Amzn-Trace-Id: Root=1-6a5145a9-1bae89e2512ec92d5d9438a0',
        'X-Probe: first',
        'x-probe: second',
        'Cookie: session=abc123; theme=dark',
      ],
      body,
    );

    expect(event).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/capture/space value',
      rawQueryString: 'repeat=one&repeat=two&u=https%3A%2F%2Fa&literalPlus=a+b&encodedPlus=a%2Bb&empty=&bare',
      cookies: ['session=abc123', 'theme=dark'],
      headers: {
        accept: '*/*',
        'content-length': String(body.length),
        'content-type': 'application/json',
        host: 'localhost',
        'user-agent': 'curl/8.7.1',
        'x-amzn-trace-id': 'Root=1-6a5145a9-1bae89e2512ec92d5d9438a0',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
        'x-probe': 'first,second',
      },
      queryStringParameters: {
        repeat: 'one,two',
        u: 'https://a',
        literalPlus: 'a b',
        encodedPlus: 'a+b',
        empty: '',
        bare: '',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: 'gateway.example',
        domainPrefix: 'gateway',
        http: {
          method: 'POST',
          path: '/capture/space value',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8.7.1',
        },
        requestId: 'REQUESTID=',
        routeKey: '$default',
        stage: '$default',
        time: '10/Jul/2026:19:19:05 +0000',
        timeEpoch: 1_783_711_145_766,
      },
      body: '{"unicode":"lambda-λ"}',
      isBase64Encoded: false,
    });
  });

  it('leaves out what is empty', async () => {
    const event = await eventOf('GET /');

    for (const member of ['cookies', 'queryStringParameters', 'pathParameters', 'body', 'stageVariables']) {
      expect(event).not.toHaveProperty(member);
    }
    expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false, headers: { 'content-length': '0' } });
    expect(event.headers['x-amzn-trace-id']).toMatch(/^Root=1-6a5145a9-[0-9a-f]{24}$/);
  });

  it.each([
    ['GET /items/a%20b', 'ANY /items/{id}', '/items/a b', { id: 'a b' }],
    ['GET /items/%25', 'ANY /items/{id}', '/items/%', { id: '%' }],
    ['GET /items/%F0%9F%91%8D', 'ANY /items/{id}', '/items/👍', { id: '👍' }],
    ['GET /items/%252e%252e', 'ANY /items/{id}', '/items/%2e%2e', { id: '%2e%2e' }],
    ['GET /items/%2e%2e', 'ANY /items/{id}', '/items/..', { id: '..' }],
    ['GET /items/a%2Fb', '$default', '/items/a/b', undefined],
    ['GET /items//', '$default', '/items//', undefined],
    ['GET /items/a%3Fadmin=true', 'ANY /items/{id}', '/items/a', { id: 'a' }],
    ['GET /items/a%00', 'ANY /items/{id}', '/items/a\0', { id: 'a\0' }],
    ['GET /items/a%0d%0aHost:x', 'ANY /items/{id}', '/items/a\r\nHost:x', { id: 'a\r\nHost:x' }],
    ['GET /items/@evil', 'ANY /items/{id}', '/items/@evil', { id: '@evil' }],
    ['GET /items/%5C', 'ANY /items/{id}', '/items/\\', { id: '\\' }],
    ['GET /deep/x/../y//z.', 'ANY /deep/{rest+}', '/deep/x/../y//z.', { rest: 'x/../y//z.' }],
    ['GET http://localhost/deep/x', 'ANY /deep/{rest+}', '/deep/x', { rest: 'x' }],
    ['DELETE /items/1', 'ANY /items/{id}', '/items/1', { id: '1' }],
  ])('%s arrives decoded once', async (requestLine, routeKey, rawPath, pathParameters) => {
    const event = await eventOf(requestLine);

    expect(event).toMatchObject({ routeKey, rawPath, requestContext: { routeKey, http: { path: rawPath } } });
    expect(event.pathParameters).toEqual(pathParameters);
  });

  it.each(['/%', '/%zz', '/%C3', '/%C0%AF', '/%ED%A0%80', '/\xff', '/a#b', '*'])(
    'answers 400 to the target %j',
    async (target) => {
      const answer = await sendRequest(gateway.port, `OPTIONS ${target}`);

      expect(answer).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' });
    },
  );

  it.each([
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n'],
    ['a bare CR in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n'],
    ['a space in a header name', 'GET / HTTP/1.1\r\nHost: localhost\r\nX Y: a\r\n\r\n'],
    ['a method in lower case', 'get / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a space in the target', 'GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['no HTTP at all', '\x16\x03\x01\r\n\r\n'],
  ])('answers 400 to %s', async (_, bytes) => {
    expect((await sendRaw(gateway.port, bytes)).status).toBe(400);
  });

  it.each([
    ['text/plain', false],
    ['Text/HTML; charset=utf-8', false],
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['APPLICATION/XML', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['application/problem+json', true],
    ['multipart/form-data; boundary=x', true],
    ['application/octet-stream', true],
    ['nonsense', true],
    [undefined, true],
  ])('a body of type %s is base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf('POST /', type === undefined ? [] : [`Content-Type: ${type}`], 'a=b');

    expect(event).toMatchObject({ body: isBase64Encoded ? 'YT1i' : 'a=b', isBase64Encoded });
  });

  it('keeps the bytes of a binary body and replaces bad UTF-8 in a text body', async () => {
    expect(await eventOf('POST /', [], '\xff\x00\xfe')).toMatchObject({ body: '/wD+' });
    expect(await eventOf('POST /', ['Content-Type: text/plain'], 'a\xffb')).toMatchObject({ body: 'a\uFFFDb' });
  });

  it('joins a chunked body and states its length', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\n';
    const answer = await sendRaw(
      gateway.port,
      `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`,
    );
    const event = JSON.parse(answer.body) as APIGatewayProxyEventV2;

    expect(event.body).toBe('abcde');
    expect(event.headers['content-length']).toBe('5');
    expect(event.headers).not.toHaveProperty('transfer-encoding');
  });

  it('joins repeated headers with commas and drops those of one connection', async () => {
    const raw = await sendRaw(
      gateway.port,
      [
        'GET / HTTP/1.1',
        'Host: localhost',
        'Authorization: Bearer a',
        'authorization: Bearer b',
        'X_Audit-Log_Reason: x',
        'Keep-Alive: timeout=5',
        'TE: trailers',
        'Proxy-Authorization: y',
        'X-Hop: y',
        'Connection: close, X-Hop',
        '\r\n',
      ].join('\r\n'),
    );
    const { headers } = JSON.parse(raw.body) as APIGatewayProxyEventV2;

    expect(headers).toMatchObject({ authorization: 'Bearer a,Bearer b', 'x_audit-log_reason': 'x' });
    for (const name of ['connection', 'keep-alive', 'te', 'proxy-authorization', 'x-hop']) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  it('appends to X-Forwarded-For and replaces what else a caller says about the connection', async () => {
    const event = await eventOf('GET /', ['X-Forwarded-For: 1.2.3.4', 'X-Forwarded-Proto: ftp', 'X-Forwarded-Port: 1']);

    expect(event.headers).toMatchObject({
      'x-forwarded-for': '1.2.3.4, 127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    });
  });

  it('splits several Cookie headers and keeps them out of `headers`', async () => {
    const event = await eventOf('GET /', ['Cookie: a=1;b=2', 'Cookie: c="x y"; ', 'cookie: __Host-d=a=b']);

    expect(event.cookies).toEqual(['a=1', 'b=2', 'c="x y"', '__Host-d=a=b']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('keeps names that JavaScript objects treat specially', async () => {
    const event = await eventOf('GET /?__proto__=a&__proto__=b&constructor=c', ['__proto__: x']);

    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([
      ['__proto__', 'a,b'],
      ['constructor', 'c'],
    ]);
    expect(Object.entries(event.headers)).toContainEqual(['__proto__', 'x']);
  });

  it('answers 403 to a host that is not the gateway’s, and to two hosts', async () => {
    const evil = await sendRaw(gateway.port, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    const two = await sendRequest(gateway.port, 'GET /', ['Host: localhost']);
    const own = await sendRaw(gateway.port, 'GET / HTTP/1.1\r\nHost: GATEWAY.example:443\r\nConnection: close\r\n\r\n');

    expect(evil).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    expect(two.status).toBe(403);
    expect(own.status).toBe(200);
  });
});
