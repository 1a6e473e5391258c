import type { HttpAnswer } from './build-answer.ts';
import type { CorsConfiguration } from './read-api.ts';

type Header = readonly [string, string];

/** Value of Access-Control-Allow-Origin for this origin: `*`, the origin itself, or undefined if it is not allowed. */
function allowedOrigin(cors: CorsConfiguration, origin: string): string | undefined {
  if (cors.allowOrigins.includes('*')) return '*';
  const allowed = cors.allowOrigins.some(
    // `https://*` and `http://*` are the only patterns: any origin of that scheme.
    (entry) => entry === origin || (/^https?:\/\/\*$/.test(entry) && origin.startsWith(entry.slice(0, -1))),
  );
  return allowed ? origin : undefined;
}

function originHeaders(cors: CorsConfiguration, origin: string): Header[] {
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return [];
  const credentials: Header[] = cors.allowCredentials ? [['access-control-allow-credentials', 'true']] : [];
  return [['access-control-allow-origin', allowed], ...credentials];
}

function listHeader(name: string, values: readonly string[]): Header[] {
  return values.length > 0 ? [[name, values.join(',')]] : [];
}

/** Whether API Gateway answers this request itself: OPTIONS with `Origin` and `Access-Control-Request-Method`. */
export function isPreflight(method: string, headers: ReadonlyMap<string, readonly string[]>): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');
}

/**
 * The answer to a preflight request: 204, with CORS headers only for an allowed origin. Pure.
 * @see API Gateway Developer Guide, "Configure CORS for HTTP APIs"
 */
export function buildPreflightAnswer(cors: CorsConfiguration, origin: string): HttpAnswer {
  const headers = originHeaders(cors, origin);
  if (headers.length > 0) {
    headers.push(...listHeader('access-control-allow-methods', cors.allowMethods));
    headers.push(...listHeader('access-control-allow-headers', cors.allowHeaders));
    headers.push(...listHeader('access-control-expose-headers', cors.exposeHeaders));
    if (cors.maxAgeSeconds !== undefined) headers.push(['access-control-max-age', String(cors.maxAgeSeconds)]);
  }
  return { statusCode: 204, headers, body: Buffer.alloc(0) };
}

/**
 * Puts the configured CORS headers on a function's answer in place of its own, which API Gateway ignores once CORS is configured;
 * without configuration the function's headers stand. Pure.
 * @param origin - the request's `Origin`; without it no CORS header is added
 * @see API Gateway Developer Guide, "Configure CORS for HTTP APIs"
 */
export function addCorsHeaders(answer: HttpAnswer, cors: CorsConfiguration | undefined, origin?: string): HttpAnswer {
  if (cors === undefined) return answer;
  const own = answer.headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
  if (origin === undefined) return { ...answer, headers: own };
  const allowed = originHeaders(cors, origin);
  const exposed = allowed.length > 0 ? listHeader('access-control-expose-headers', cors.exposeHeaders) : [];
  return { ...answer, headers: [...own, ...allowed, ...exposed] };
}
