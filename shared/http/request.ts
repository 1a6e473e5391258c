import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Deadline, LogFields } from '../app/ports.ts';
import type { Branding } from '../domain/branding.ts';

/** A request as the handlers see it: API Gateway's event (payload 2.0) read once, nothing decoded twice. */
export interface HttpRequest {
  readonly routeKey: string;
  readonly method: string;
  /** Decoded once by API Gateway. Never decode it again. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names; API Gateway joins repeated headers with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: ReadonlyMap<string, string>;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Address of whoever is connected to API Gateway: seen there, not said by the caller. Behind a proxy of the operator's, that proxy. */
  readonly sourceIp: string;
  readonly requestId: string;
  readonly deadline: Deadline;
  /** Adds facts to this request's log line: who, which connection, which action. */
  readonly note: (facts: LogFields) => void;
  /**
   * Takes work that the answer does not depend on. It runs beside the rest and is waited for before the answer goes out (a
   * function is frozen after it); when it fails, that is logged and nothing else.
   */
  readonly alongside: (work: Promise<void>) => void;
  /** Says how the operator wants the pages of end users to look, as soon as that is known: a failure is then told on such a page. */
  readonly brand: (branding: Branding | undefined) => void;
}

export function parseRequest(
  event: APIGatewayProxyEventV2,
  context: Context,
  hooks: Pick<HttpRequest, 'note' | 'alongside' | 'brand'>,
): HttpRequest {
  return {
    routeKey: event.routeKey,
    method: event.requestContext.http.method,
    path: event.rawPath,
    query: new URLSearchParams(event.rawQueryString),
    headers: lowerCaseNames(event.headers),
    cookies: parseCookies(event.cookies ?? []),
    pathParameters: event.pathParameters ?? {},
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    requestId: event.requestContext.requestId,
    sourceIp: event.requestContext.http.sourceIp,
    deadline: { remainingMs: () => context.getRemainingTimeInMillis() },
    ...hooks,
  };
}

/** API Gateway sends names in lower case already; `sam local` passes them on in its own spelling (RFC 9110 §5.1: no matter). */
function lowerCaseNames(headers: APIGatewayProxyEventV2['headers']): HttpRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The first of two cookies of one name counts: browsers send the more specific one first (RFC 6265 §5.4). */
function parseCookies(pairs: readonly string[]): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of pairs.flatMap((text) => text.split(';'))) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}
