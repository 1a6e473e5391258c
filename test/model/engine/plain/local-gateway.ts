import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { buildEvent } from '../../../../infra/local/gateway/build-event.ts';
import type { Invoker } from '../../../../infra/local/gateway/invoker.ts';
import { matchRoute, parseRouteKey, type RouteKey } from '../../../../infra/local/gateway/match-route.ts';
import { parseTarget } from '../../../../infra/local/gateway/parse-target.ts';
import { catalogue } from '../../../../shared/catalogue/index.ts';
import { toRoutes } from '../../../../shared/catalogue/to-routes.ts';
import { ROUTES } from '../../../../shared/http/routes.ts';
import type { HttpAnswer, HttpCall } from '../http-call.ts';
import { buildContext } from '../invocation-context.ts';

interface FunctionRoute {
  readonly key: RouteKey;
  readonly functionLogicalId: string;
}

/** As the template has them: `<Group>Function` for the fixed routes, `Actions<Group>Function` for those of the catalogue. */
const FUNCTION_ROUTES: readonly FunctionRoute[] = [
  ...Object.entries(ROUTES).flatMap(([group, routes]) =>
    Object.values(routes).map((text: string) => ({ text, functionLogicalId: `${toPascalCase(group)}Function` })),
  ),
  ...toRoutes(catalogue).map(({ name, routeKey }) => ({
    text: routeKey,
    functionLogicalId: `Actions${toPascalCase(name)}Function`,
  })),
].map(({ text, functionLogicalId }) => {
  const key = parseRouteKey(text);
  if (key === undefined) throw new Error(`not a route key: ${text}`);
  return { key, functionLogicalId };
});

function toPascalCase(name: string): string {
  return name
    .split(/[-_]/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}

/**
 * Makes the local gateway's event of a call, without a socket in between, and runs the function that its routes name.
 * @param now - the gateway's epoch milliseconds
 */
export async function invokeFor(
  invoke: Invoker,
  call: HttpCall,
  options: { readonly origin: string; readonly requestId: string; readonly now: () => number },
): Promise<HttpAnswer> {
  const target = parseTarget(call.target, 'once');
  const match = target && matchRoute(FUNCTION_ROUTES, call.method, target.path);
  if (target === undefined || match === undefined) throw new Error(`no route for ${call.method} ${call.target}`);
  const body = call.json === undefined ? '' : JSON.stringify(call.json);
  const headers = {
    host: new URL(options.origin).host,
    ...(body === '' ? {} : { 'content-type': 'application/json' }),
    ...call.headers,
  };
  const startedAtEpochMs = options.now();
  const event: APIGatewayProxyEventV2 = buildEvent(
    {
      method: call.method,
      protocol: 'HTTP/1.1',
      target,
      rawHeaders: Object.entries(headers).flat(),
      body: Buffer.from(body),
      sourceIp: '127.0.0.1',
      receivedAtEpochMs: startedAtEpochMs,
      requestId: options.requestId,
      routeKey: match.route.key.text,
      pathParameters: match.pathParameters,
    },
    { accountId: '000000000000', apiId: 'model', publicOrigin: options.origin },
  );
  const { functionLogicalId } = match.route;
  const context = buildContext(options.requestId, options.now);
  return toAnswer((await invoke(functionLogicalId, event, context)) as FunctionResult);
}

interface FunctionResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
}

function toAnswer({ statusCode, headers = {}, cookies = [], body = '' }: FunctionResult): HttpAnswer {
  return { status: statusCode, headers, cookies, text: body };
}
