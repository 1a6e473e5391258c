import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { LogFields, Metrics, RequestLog } from '../app/ports.ts';
import { reportFailure } from '../app/report-failure.ts';
import type { Branding } from '../domain/branding.ts';
import { toRequestCount } from '../metric-names.ts';
import { FAILURE_FAMILY } from '../problems/failure-family.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { parseRequest, type HttpRequest } from './request.ts';
import { respondFailure, type FailureStyle, type HttpResponse } from './respond.ts';
import { securityHeaders } from './security-headers.ts';

/** One route of a function: what it does, and how it tells its failures. */
export interface Route {
  /** A function where the path decides who is asking. */
  readonly failureStyle: FailureStyle | ((request: HttpRequest) => FailureStyle);
  readonly run: (request: HttpRequest) => Promise<Result<HttpResponse, Failure>>;
}

export interface HttpHandlerDeps {
  readonly log: RequestLog;
  readonly metrics: Metrics;
  readonly publicBaseUrl: string;
}

export type LambdaHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpResponse>;

/**
 * The one stack that every HTTP function has: event in, route, failure to problem, security headers, one log line, metrics.
 * API Gateway's request id stands on every line that is written on the way, beside Lambda's own.
 * Failures come back as values; whatever is thrown is an outage or a bug, is logged by name and place only (messages of
 * foreign errors quote what they choked on), and goes out as a mapped problem.
 * @param routes - by API Gateway route key
 */
export function httpHandler(deps: HttpHandlerDeps, routes: Readonly<Record<string, Route>>): LambdaHandler {
  const run = async (event: APIGatewayProxyEventV2, context: Context): Promise<HttpResponse> => {
    let facts: LogFields = {};
    const note = (added: LogFields) => {
      facts = { ...facts, ...added };
    };
    const beside: Promise<void>[] = [];
    let branding: Branding | undefined;
    const request = parseRequest(event, context, {
      note,
      alongside: (work) => {
        beside.push(work.catch((error: unknown) => void reportFailure(deps, error, { request_id: request.requestId })));
      },
      brand: (known) => {
        branding = known;
      },
    });
    deps.log.begin({ request_id: request.requestId, function_request_id: context.awsRequestId });
    const route = findRoute(routes, event.routeKey);
    const outcome: Result<HttpResponse, Failure> =
      route === undefined ? fail({ reason: 'route_not_found' }) : await settle(deps, request, route);
    await Promise.all(beside);
    const response = outcome.ok
      ? outcome.value
      : respondFailure(outcome.failure, chooseFailureStyle(route, request), {
          publicBaseUrl: deps.publicBaseUrl,
          requestId: request.requestId,
          accept: request.headers['accept'],
          branding,
        });
    deps.log.info('request', {
      request_id: request.requestId,
      route: event.routeKey,
      method: request.method,
      status: response.statusCode,
      ...(outcome.ok ? {} : { code: outcome.failure.reason }),
      ...facts,
    });
    countOutcome(deps.metrics, outcome);
    deps.metrics.publish();
    return { ...response, headers: { ...response.headers, 'x-request-id': request.requestId } };
  };
  return middy<APIGatewayProxyEventV2, HttpResponse>()
    .use(securityHeaders({ isHttps: deps.publicBaseUrl.startsWith('https://') }))
    .handler(run);
}

function countOutcome(metrics: Metrics, outcome: Result<HttpResponse, Failure>): void {
  metrics.count(toRequestCount(outcome.ok ? 'ok' : FAILURE_FAMILY[outcome.failure.reason]));
  if (!outcome.ok) metrics.countFailure(outcome.failure.reason);
}

/** API Gateway names the route as it was declared; `sam local` puts the request's method in place of `ANY`. */
function findRoute(routes: Readonly<Record<string, Route>>, routeKey: string): Route | undefined {
  return routes[routeKey] ?? routes[routeKey.replace(/^[A-Z]+ /, 'ANY ')];
}

function chooseFailureStyle(route: Route | undefined, request: HttpRequest): FailureStyle {
  const style = route?.failureStyle ?? 'problem';
  return typeof style === 'function' ? style(request) : style;
}

async function settle(
  deps: HttpHandlerDeps,
  request: HttpRequest,
  route: Route,
): Promise<Result<HttpResponse, Failure>> {
  try {
    return await route.run(request);
  } catch (error) {
    return fail(reportFailure(deps, error, { request_id: request.requestId }));
  }
}
