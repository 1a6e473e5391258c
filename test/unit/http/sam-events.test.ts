import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { httpHandler, type Route } from '../../../shared/http/http-handler.ts';
import { respondJson } from '../../../shared/http/respond.ts';
import { ok } from '../../../shared/result.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { createRecordedMetrics } from '../../support/recorded-metrics.ts';

const deps = { log: createRecordedLog(), metrics: createRecordedMetrics(), publicBaseUrl: 'http://localhost:3000' };
const context = { getRemainingTimeInMillis: () => 10_000 } as Context;

/** Answers with the headers that the handler sees. */
const echo: Route = {
  failureStyle: 'problem',
  run: (request) => Promise.resolve(ok(respondJson(200, { headers: request.headers }))),
};

/** An event as `sam local start-api` builds it: headers in their own spelling, the method in place of `ANY`. */
function samEvent(routeKey: string): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey,
    rawPath: '/things/1',
    rawQueryString: '',
    headers: { Authorization: 'Bearer key', 'Content-Type': 'application/json' },
    requestContext: { requestId: 'r1', http: { method: 'GET', path: '/things/1' } },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
}

describe('httpHandler with events of sam local', () => {
  it('finds headers whatever the spelling of their names', async () => {
    const handler = httpHandler(deps, { 'GET /things/{id}': echo });

    const answer = await handler(samEvent('GET /things/{id}'), context);

    expect(JSON.parse(answer.body ?? '')).toEqual({
      headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    });
  });

  it('takes a route key with the method for the route that was declared with ANY', async () => {
    const handler = httpHandler(deps, { 'ANY /things/{rest+}': echo });

    const statuses = [];
    for (const routeKey of ['ANY /things/{rest+}', 'GET /things/{rest+}', 'GET /others/{rest+}']) {
      statuses.push((await handler(samEvent(routeKey), context)).statusCode);
    }

    expect(statuses).toEqual([200, 200, 404]);
  });
});
