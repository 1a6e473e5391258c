import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Target } from './parse-target.ts';

/** A request as it came over the wire, with what the gateway decided about it. */
export interface IncomingRequest {
  readonly method: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly target: Target;
  /** Name, value, name, value, … in the order of arrival. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly receivedAtEpochMs: number;
  readonly requestId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The API that the event names. */
export interface ApiIdentity {
  readonly accountId: string;
  readonly apiId: string;
  /** Origin under which callers reach the gateway, without a trailing slash. */
  readonly publicOrigin: string;
}

/** Headers that belong to one connection and are never passed on (RFC 9110 §7.6.1). `Connection` may name more. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header belongs to one connection only. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name.toLowerCase());
}

/** Lower-case name → values in the order of arrival. */
export function groupHeaders(rawHeaders: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  return headers;
}

/**
 * Whether a body of this content type travels as text. AWS documents that binary content is base64-encoded, not what counts as
 * binary; measured on a live HTTP API, text are `text/*` and `application/json`, `/xml`, `/javascript` only: also
 * `application/x-www-form-urlencoded`, `application/problem+json` and a missing type are base64 (ministackorg/ministack #766,
 * June 2026; for forms also denoland/deno_registry2 #33).
 */
export function isTextBody(contentType: string | undefined): boolean {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return mediaType.startsWith('text/') || /^application\/(json|xml|javascript)$/.test(mediaType);
}

/** Repeated names joined by commas; decoded like a form (`+` is a space). What cannot be decoded stays as sent. */
function parseQuery(rawQueryString: string): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(query);
}

function splitCookies(headers: readonly string[]): string[] {
  return headers
    .flatMap((header) => header.split(';').map((cookie) => cookie.trim()))
    .filter((cookie) => cookie !== '');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** CLF time in UTC, as in events and access logs: `10/Jul/2026:19:19:05 +0000`. */
export function toLogTime(epochMs: number): string {
  const [date = '', time = ''] = new Date(epochMs).toISOString().split(/[T.]/);
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1] ?? ''}/${year}:${time} +0000`;
}

function buildHeaders(request: IncomingRequest, publicOrigin: string): Record<string, string> {
  const received = groupHeaders(request.rawHeaders);
  const named = new Set(received.get('connection')?.flatMap((v) => v.split(',').map((n) => n.trim().toLowerCase())));
  const headers = new Map<string, string>();
  for (const [name, values] of received) {
    if (!isHopByHop(name) && !named.has(name) && name !== 'cookie') headers.set(name, values.join(','));
  }
  const origin = new URL(publicOrigin);
  const port = origin.port || (origin.protocol === 'https:' ? '443' : '80');
  const forwardedFor = received.get('x-forwarded-for')?.join(', ');
  headers.set('content-length', String(request.body.length));
  headers.set('x-forwarded-for', forwardedFor ? `${forwardedFor}, ${request.sourceIp}` : request.sourceIp);
  headers.set('x-forwarded-port', port);
  headers.set('x-forwarded-proto', origin.protocol.replace(':', ''));
  if (!headers.has('x-amzn-trace-id')) {
    const seconds = Math.floor(request.receivedAtEpochMs / 1000);
    headers.set('x-amzn-trace-id', `Root=1-${seconds.toString(16)}-${randomBytes(12).toString('hex')}`);
  }
  return Object.fromEntries([...headers].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Builds the event of payload format 2.0. Members without content (`cookies`, `queryStringParameters`, `pathParameters`, `body`)
 * are absent, not null. A text body is decoded as UTF-8, bad bytes become U+FFFD.
 * @see API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs" ("Payload format version", 2.0)
 */
export function buildEvent(request: IncomingRequest, api: ApiIdentity): APIGatewayProxyEventV2 {
  const received = groupHeaders(request.rawHeaders);
  const cookies = splitCookies(received.get('cookie') ?? []);
  const query = parseQuery(request.target.rawQueryString);
  const asText = request.body.length === 0 || isTextBody(received.get('content-type')?.join(','));
  const domainName = new URL(api.publicOrigin).hostname;
  return {
    version: '2.0',
    routeKey: request.routeKey,
    rawPath: request.target.path,
    rawQueryString: request.target.rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: buildHeaders(request, api.publicOrigin),
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      domainName,
      domainPrefix: domainName.split('.', 1)[0] ?? domainName,
      http: {
        method: request.method,
        path: request.target.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: received.get('user-agent')?.join(',') ?? '',
      },
      requestId: request.requestId,
      routeKey: request.routeKey,
      stage: '$default',
      time: toLogTime(request.receivedAtEpochMs),
      timeEpoch: request.receivedAtEpochMs,
    },
    ...(Object.keys(request.pathParameters).length > 0 ? { pathParameters: { ...request.pathParameters } } : {}),
    ...(request.body.length > 0 ? { body: request.body.toString(asText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: !asText,
  };
}
