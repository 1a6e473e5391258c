import type { IncomingMessage, ServerResponse } from 'node:http';
import { formatAccessLog } from './access-log.ts';
import { gatewayAnswer } from './build-answer.ts';
import type { HttpAnswer } from './build-answer.ts';
import { buildEvent, groupHeaders } from './build-event.ts';
import type { ApiIdentity } from './build-event.ts';
import { addCorsHeaders, buildPreflightAnswer, isPreflight } from './cors.ts';
import { runIntegration } from './run-integration.ts';
import type { IntegrationOutcome, RunFunction } from './run-integration.ts';
import { MAX_LAMBDA_PAYLOAD_BYTES, MAX_REQUEST_BODY_BYTES, MAX_REQUEST_HEAD_BYTES } from './limits.ts';
import { matchRoute } from './match-route.ts';
import { parseTarget } from './parse-target.ts';
import type { PathDecoding, Target } from './parse-target.ts';
import type { ApiModel, ApiRoute } from './read-api.ts';
import { readBody } from './read-body.ts';
import { createTokenBucket } from './token-bucket.ts';
import type { TakeToken } from './token-bucket.ts';

/** What serving needs. */
export interface ServeOptions {
  readonly api: ApiModel;
  readonly identity: ApiIdentity;
  readonly pathDecoding: PathDecoding;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newRequestId: () => string;
  readonly run: RunFunction;
  /** `gateway` lines say why an answer is not the function's; `access` lines are the stage's access log. */
  readonly onLog: (source: 'gateway' | 'access', line: string) => void;
}

/** What became of a request; all but the answer is for the access log. */
interface Served {
  readonly answer: HttpAnswer;
  readonly target?: Target;
  readonly routeKey?: string;
  readonly integration?: IntegrationOutcome;
  /** Message, if the answer is the gateway's own. */
  readonly message?: string;
}

function refuse(statusCode: number, message: string, more: Partial<Served> = {}): Served {
  return { ...more, answer: gatewayAnswer(statusCode, message), message };
}

/** Request line plus header values, as the quota counts them. */
function headBytes(request: IncomingMessage): number {
  const line = `${request.method ?? ''} ${request.url ?? ''} HTTP/${request.httpVersion}`.length;
  return request.rawHeaders.reduce((sum, text, index) => sum + (index % 2 === 1 ? text.length : 0), line);
}

/** API Gateway answers 403 to a host that is not its own. Here it also keeps web pages from reaching in by DNS rebinding. */
function isOwnHost(host: string[] | undefined, publicOrigin: string): boolean {
  const [name, ...others] = host ?? [];
  if (name === undefined || others.length > 0) return false;
  const hostname = name.toLowerCase().replace(/:\d+$/, '');
  return ['localhost', '127.0.0.1', '[::1]', new URL(publicOrigin).hostname].includes(hostname);
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/**
 * Makes the function that serves requests as an HTTP API's `$default` stage does. Order: size of the head (431), host (403), path
 * (400), size of the body (413), preflight (204), route (404), throttle (429), size of the event (413), integration.
 * @see API Gateway Developer Guide, "Quotas for configuring and running an HTTP API", "Throttle requests to your HTTP APIs"
 */
export function createRequestServer(
  options: ServeOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { api, identity } = options;
  const buckets = new Map<ApiRoute, TakeToken>();
  if (api.throttle !== undefined) {
    for (const route of api.routes) buckets.set(route, createTokenBucket(api.throttle));
  }

  async function serve(
    request: IncomingMessage,
    requestId: string,
    receivedAtEpochMs: number,
  ): Promise<Served | undefined> {
    const headers = groupHeaders(request.rawHeaders);
    const method = request.method ?? '';
    if (headBytes(request) > MAX_REQUEST_HEAD_BYTES) return refuse(431, 'Request Header Fields Too Large');
    if (!isOwnHost(headers.get('host'), identity.publicOrigin)) return refuse(403, 'Forbidden');
    const target = parseTarget(request.url ?? '', options.pathDecoding);
    if (target === undefined) return refuse(400, 'Bad Request');
    const body = await readBody(request, MAX_REQUEST_BODY_BYTES);
    if (!body.ok) return body.reason === 'aborted' ? undefined : refuse(413, 'Request Entity Too Large', { target });

    const origin = headers.get('origin')?.join(',');
    if (api.cors !== undefined && origin !== undefined && isPreflight(method, headers)) {
      return { answer: buildPreflightAnswer(api.cors, origin), target };
    }
    const match = matchRoute(api.routes, method, target.path);
    if (match === undefined) return refuse(404, 'Not Found', { target });
    const routeKey = match.route.key.text;
    if (buckets.get(match.route)?.(options.now()) === false)
      return refuse(429, 'Too Many Requests', { target, routeKey });

    const event = buildEvent(
      {
        method,
        protocol: `HTTP/${request.httpVersion}`,
        target,
        rawHeaders: request.rawHeaders,
        body: body.body,
        sourceIp: sourceIp(request),
        receivedAtEpochMs,
        requestId,
        routeKey,
        pathParameters: match.pathParameters,
      },
      identity,
    );
    if (Buffer.byteLength(JSON.stringify(event)) > MAX_LAMBDA_PAYLOAD_BYTES) {
      return refuse(413, 'Request Entity Too Large', { target, routeKey });
    }
    const integration = await runIntegration(options.run, match.route, event);
    if (!integration.ok) {
      options.onLog(
        'gateway',
        `${method} ${JSON.stringify(target.path)} → ${integration.statusCode}: ${integration.reason}`,
      );
      return refuse(integration.statusCode, integration.message, { target, routeKey, integration });
    }
    return { answer: addCorsHeaders(integration.answer, api.cors, origin), target, routeKey, integration };
  }

  function logAccess(request: IncomingMessage, served: Served, requestId: string, receivedAtEpochMs: number): void {
    if (api.accessLogFormat === undefined) return;
    const { integration } = served;
    const line = formatAccessLog(api.accessLogFormat, {
      accountId: identity.accountId,
      apiId: identity.apiId,
      domainName: new URL(identity.publicOrigin).hostname,
      method: request.method ?? '',
      path: served.target?.path ?? '',
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: request.headers['user-agent'] ?? '',
      requestId,
      routeKey: served.routeKey,
      statusCode: served.answer.statusCode,
      responseLength: served.answer.body.length,
      receivedAtEpochMs,
      responseLatencyMs: options.now() - receivedAtEpochMs,
      integrationError: integration === undefined || integration.ok ? undefined : integration.reason,
      errorMessage: served.message,
      integrationLatencyMs: integration?.latencyMs,
      invokeStatus: integration?.ok === true ? 200 : integration?.invokeStatus,
      functionStatus: integration?.ok === true ? integration.answer.statusCode : undefined,
    });
    options.onLog('access', line);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const receivedAtEpochMs = options.now();
    const requestId = options.newRequestId();
    const served = await serve(request, requestId, receivedAtEpochMs);
    if (served === undefined) return;
    writeAnswer(request, response, served.answer, requestId);
    logAccess(request, served, requestId, receivedAtEpochMs);
  }

  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A fault of the gateway itself: the caller gets its 500, the terminal the reason.
      options.onLog(
        'gateway',
        `internal fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      if (!response.headersSent) writeAnswer(request, response, gatewayAnswer(500, 'Internal Server Error'), 'fault');
    });
  };
}

function writeAnswer(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer, requestId: string): void {
  const bodiless = answer.statusCode === 204 || answer.statusCode === 304;
  const length: [string, string][] = bodiless ? [] : [['Content-Length', String(answer.body.length)]];
  const headers = [...answer.headers, ...length, ['Apigw-Requestid', requestId] as const];
  response.writeHead(answer.statusCode, headers.flat());
  response.end(bodiless || request.method === 'HEAD' ? undefined : answer.body);
}
