import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { buildEvent } from '../../infra/local/gateway/build-event.ts';
import { parseTarget } from '../../infra/local/gateway/parse-target.ts';
import { CALLBACK_PATH } from '../../shared/http/routes.ts';
import { ACCOUNT } from './emulated-aws.ts';
import { invokeFunction } from './invoke-function.ts';
import type { OpenCallback } from './scripted-user.ts';

const answerSchema = z.object({ statusCode: z.number(), headers: z.optional(z.record(z.string(), z.unknown())) });

/**
 * Reaches the deployed callback by Lambda's own `Invoke`, with the event that API Gateway would make of the request: the API
 * Gateway of the emulator gives functions no `cookies`.
 * @param functionName - of the deployed callback function
 * @param origin - of the gateway
 */
export function createCallbackInvoker(
  python: string,
  env: Readonly<NodeJS.ProcessEnv>,
  functionName: string,
  origin: string,
): OpenCallback {
  const { host, hostname } = new URL(origin);
  return async (pathWithQuery, cookie) => {
    const target = parseTarget(pathWithQuery, 'once');
    if (target === undefined) throw new Error('Discord sends the browser to an address that HTTP forbids');
    const event = buildEvent(
      {
        method: 'GET',
        protocol: 'HTTP/1.1',
        target,
        rawHeaders: ['Host', host, 'Cookie', cookie],
        body: Buffer.alloc(0),
        sourceIp: '127.0.0.1',
        receivedAtEpochMs: Date.now(),
        requestId: randomUUID(),
        routeKey: `GET ${CALLBACK_PATH}`,
        pathParameters: {},
      },
      { accountId: ACCOUNT, apiId: hostname.split('.', 1)[0] ?? '', publicOrigin: origin },
    );
    const { statusCode, headers = {} } = answerSchema.parse(await invokeFunction(python, env, functionName, event));
    const location = Object.entries(headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
    return { status: statusCode, location: typeof location === 'string' ? location : undefined };
  };
}
