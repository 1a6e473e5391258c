import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PortTakenError } from '../../../infra/local/gateway/listen.ts';
import { startGateway } from '../../../infra/local/gateway/start-gateway.ts';
import type { Gateway, GatewayOptions } from '../../../infra/local/gateway/start-gateway.ts';
import { makeAssembly } from './make-template.ts';
import type { TemplateParts } from './make-template.ts';
import { headerValues, sendAndLeave, sendRaw, sendRequest } from './raw-request.ts';

const gateways: Gateway[] = [];

async function start(parts: TemplateParts, options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const gateway = await startGateway({
    assembly: makeAssembly(parts),
    resources: new Map(),
    environment: {},
    invoker: () =>
      Promise.resolve({
        statusCode: 200,
        headers: { 'Access-Control-Allow-Origin': 'https://own', 'X-A': 'b' },
        body: 'ok',
      }),
    ...options,
  });
  gateways.push(gateway);
  return gateway;
}

afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
});

const CORS = {
  AllowOrigins: ['https://app.example', 'http://*'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['Authorization', 'Content-Type'],
  ExposeHeaders: ['Retry-After'],
  AllowCredentials: true,
  MaxAge: 300,
};
const PREFLIGHT = ['Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: authorization'];

describe('CORS as configured on the API', () => {
  it('answers a preflight itself, also where no route is', async () => {
    const { port } = await start({ api: { CorsConfiguration: CORS }, routes: { 'GET /x': 'Fn' } });

    const answer = await sendRequest(port, 'OPTIONS /none', ['Origin: https://app.example', ...PREFLIGHT]);

    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(answer.headers.filter(([name]) => name.startsWith('access-control-'))).toEqual([
      ['access-control-allow-origin', 'https://app.example'],
      ['access-control-allow-credentials', 'true'],
      ['access-control-allow-methods', 'GET,POST'],
      ['access-control-allow-headers', 'Authorization,Content-Type'],
      ['access-control-expose-headers', 'Retry-After'],
      ['access-control-max-age', '300'],
    ]);
  });

  it.each([
    ['https://app.example', ['https://app.example']],
    ['http://localhost:5173', ['http://localhost:5173']],
    ['https://app.example.evil', []],
    ['https://APP.example', []],
    ['null', []],
  ])('for origin %s allows %j', async (origin, expected) => {
    const { port } = await start({ api: { CorsConfiguration: CORS } });

    const preflight = await sendRequest(port, 'OPTIONS /', [`Origin: ${origin}`, ...PREFLIGHT]);
    const actual = await sendRequest(port, 'GET /', [`Origin: ${origin}`]);

    expect(preflight.status).toBe(204);
    expect(headerValues(preflight, 'access-control-allow-origin')).toEqual(expected);
    expect(headerValues(actual, 'access-control-allow-origin')).toEqual(expected);
    expect(headerValues(actual, 'access-control-expose-headers')).toHaveLength(expected.length);
    expect(headerValues(actual, 'x-a')).toEqual(['b']);
  });

  it('takes the function’s CORS headers away, also without an Origin', async () => {
    const { port } = await start({ api: { CorsConfiguration: CORS } });

    expect(headerValues(await sendRequest(port, 'GET /'), 'access-control-allow-origin')).toEqual([]);
  });

  it('says * when every origin is allowed', async () => {
    const { port } = await start({ api: { CorsConfiguration: { AllowOrigins: ['*'] } } });

    const answer = await sendRequest(port, 'GET /', ['Origin: https://any']);

    expect(headerValues(answer, 'access-control-allow-origin')).toEqual(['*']);
  });

  it('without configuration leaves OPTIONS and headers to the function', async () => {
    const { port } = await start({});

    const answer = await sendRequest(port, 'OPTIONS /', ['Origin: https://app.example', ...PREFLIGHT]);

    expect(answer).toMatchObject({ status: 200, body: 'ok' });
    expect(headerValues(answer, 'access-control-allow-origin')).toEqual(['https://own']);
  });
});

describe('throttling as configured on the stage', () => {
  it('answers 429 once a route’s burst is used up, and refills with time', async () => {
    let nowEpochMs = 1_000_000;
    const { port } = await start(
      {
        routes: { 'GET /a': 'Fn', 'GET /b': 'Fn' },
        stage: { DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 4 } },
      },
      { now: () => nowEpochMs },
    );
    const statuses = async (...paths: string[]) => {
      const found: number[] = [];
      for (const path of paths) found.push((await sendRequest(port, `GET ${path}`)).status);
      return found;
    };

    expect(await statuses('/a', '/a', '/a', '/b')).toEqual([200, 200, 429, 200]);
    expect((await sendRequest(port, 'GET /a')).body).toBe('{"message":"Too Many Requests"}');
    nowEpochMs += 249;
    expect(await statuses('/a')).toEqual([429]);
    nowEpochMs += 1;
    expect(await statuses('/a', '/a')).toEqual([200, 429]);
    nowEpochMs += 3_600_000;
    expect(await statuses('/a', '/a', '/a')).toEqual([200, 200, 429]);
  });
});

describe('the access log', () => {
  it('writes one line for each request, without query and with values that cannot break out', async () => {
    const lines: string[] = [];
    const Format = JSON.stringify({
      at: '$context.requestTime',
      id: '$context.requestId',
      path: '$context.path',
      route: '$context.routeKey',
      status: '$context.status',
      size: '$context.responseLength',
      agent: '$context.identity.userAgent',
      error: '$context.error.message',
      integration: '$context.integrationErrorMessage',
      lambda: '$context.integrationStatus',
      unknown: '$context.resourcePath',
    });
    const { port } = await start(
      { stage: { AccessLogSettings: { DestinationArn: 'arn:x', Format } }, routes: { 'GET /a/{b}': 'Fn' } },
      { onLog: (line) => lines.push(line), now: () => 0, newRequestId: () => 'ID=' },
    );

    await sendRequest(port, 'GET /a/x%22%0ay?code=secret', ['User-Agent: a"b']);
    await sendRequest(port, 'GET /none?state=secret');

    expect(lines.map((line) => JSON.parse(line.replace(/^\[access\] /, '')) as unknown)).toEqual([
      {
        at: '01/Jan/1970:00:00:00 +0000',
        id: 'ID=',
        path: '/a/x"\ny',
        route: 'GET /a/{b}',
        status: '200',
        size: '2',
        agent: 'a"b',
        error: '-',
        integration: '-',
        lambda: '200',
        unknown: '-',
      },
      expect.objectContaining({ path: '/none', route: '-', status: '404', error: 'Not Found', agent: '-' }),
    ]);
  });
});

describe('limits', () => {
  it('answers 431 beyond 10,240 bytes of request line and header values', async () => {
    const { port } = await start({});
    // `GET / HTTP/1.1` is 14 bytes, `localhost` 9, `close` 5.
    const room = 10_240 - 14 - 9 - 5;

    expect((await sendRequest(port, 'GET /', [`X: ${'a'.repeat(room)}`])).status).toBe(200);
    expect((await sendRequest(port, 'GET /', [`X: ${'a'.repeat(room + 1)}`])).status).toBe(431);
    expect((await sendRequest(port, `GET /${'a'.repeat(10_240)}`)).status).toBe(431);
    expect((await sendRequest(port, 'GET /', [`X: ${'a'.repeat(70_000)}`])).status).toBe(431);
  });

  it('answers 413 beyond 10 MB of body and beyond 6 MB of event', async () => {
    const { port } = await start({});
    const text = ['Content-Type: text/plain'];
    const declared = await sendRequest(port, 'POST /', ['Content-Length: 10485761']);
    const chunk = `a00000\r\n${'x'.repeat(0xa00000)}\r\n`;
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';

    expect(declared).toMatchObject({ status: 413, body: '{"message":"Request Entity Too Large"}' });
    expect((await sendRaw(port, `${head}${chunk}1\r\nx\r\n0\r\n\r\n`)).status).toBe(413);
    expect((await sendRequest(port, 'POST /', text, 'x'.repeat(6 * 1024 * 1024))).status).toBe(413);
    expect((await sendRequest(port, 'POST /', text, 'x'.repeat(6 * 1024 * 1024 - 2_000))).status).toBe(200);
    // As base64 the same bytes are a third longer.
    expect((await sendRequest(port, 'POST /', [], 'x'.repeat(5 * 1024 * 1024))).status).toBe(413);
  });

  it('goes on serving after a caller went away in the middle of a body', async () => {
    const logged: string[] = [];
    const { port } = await start({}, { onLog: (line) => logged.push(line) });
    await sendAndLeave(port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf');

    const answer = await sendRequest(port, 'GET /');

    expect(answer.status).toBe(200);
    expect(logged).toEqual([]);
  });
});

describe('startGateway', () => {
  it('serves on both loopback addresses under http://localhost:<port>', async () => {
    const gateway = await start({});

    expect(gateway.origin).toBe(`http://localhost:${gateway.port}`);
    expect((await fetch(`http://127.0.0.1:${gateway.port}/`)).status).toBe(200);
    expect((await fetch(`${gateway.origin}/`)).status).toBe(200);
  });

  it('rejects a taken port with one line that names it', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });

    const failure: unknown = await start({}, { port }).catch((error: unknown) => error);
    await new Promise((resolve) => taken.close(resolve));

    expect(failure).toBeInstanceOf(PortTakenError);
    expect(String(failure)).toContain(`port ${port} is already in use`);
  });

  it('lets go of the port when the template is refused', async () => {
    const gateway = await start({});
    await gateway.stop();

    await expect(start({ stage: { StageName: 'prod' } }, { port: gateway.port })).rejects.toThrow('StageName');
    expect((await start({}, { port: gateway.port })).port).toBe(gateway.port);
  });

  it('gives an in-process handler the context of Lambda, on the gateway’s clock', async () => {
    let nowEpochMs = 0;
    const gateway = await start(
      { functions: { Fn: { Timeout: 29, MemorySize: 256 } } },
      {
        now: () => nowEpochMs,
        invoker: (functionLogicalId, event, context) => {
          nowEpochMs += 1_000;
          return Promise.resolve({ functionLogicalId, event, context, remaining: context.getRemainingTimeInMillis() });
        },
      },
    );

    expect(await gateway.invoke('Fn', { scheduled: true })).toMatchObject({
      functionLogicalId: 'Fn',
      event: { scheduled: true },
      remaining: 28_000,
      context: {
        functionName: 'Stack-Fn',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Stack-Fn',
        memoryLimitInMB: '256',
        logGroupName: '/aws/lambda/Stack-Fn',
      },
    });
    await expect(gateway.invoke('Nobody', {})).rejects.toThrow('no function Nobody');
  });
});
