/** One segment of a route's path: fixed text, `{name}` (one segment) or `{name+}` (the rest). */
export interface RouteSegment {
  readonly kind: 'static' | 'variable' | 'greedy';
  /** The fixed text, or the variable's name. */
  readonly text: string;
}

/** A parsed route key. `$default` has no method and no segments. */
export interface RouteKey {
  /** As in the template and in the event: `GET /pets/{id}`, `ANY /{proxy+}`, `$default`. */
  readonly text: string;
  readonly method?: string;
  readonly segments: readonly RouteSegment[];
}

/** A route that fits, and what its variables hold. */
export interface RouteMatch<R> {
  readonly route: R;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Methods that a route can have; `ANY` stands for all of them. */
const METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

function parseSegment(text: string): RouteSegment | undefined {
  const variable = /^\{([^{}+/]+)(\+?)\}$/.exec(text);
  if (variable?.[1] !== undefined) return { kind: variable[2] === '+' ? 'greedy' : 'variable', text: variable[1] };
  return /[{}]/.test(text) ? undefined : { kind: 'static', text };
}

/**
 * Parses a route key. Pure.
 * @returns undefined if it is none: unknown method, no leading slash, braces inside a segment, a greedy variable before the end,
 * a trailing slash (API Gateway refuses to create such a route)
 */
export function parseRouteKey(text: string): RouteKey | undefined {
  if (text === '$default') return { text, segments: [] };
  const [method = '', path = '', ...others] = text.split(' ');
  if (others.length > 0 || (method !== 'ANY' && !METHODS.has(method)) || !path.startsWith('/')) return undefined;
  if (path === '/') return { text, method, segments: [] };
  const segments = path.slice(1).split('/').map(parseSegment);
  const valid = segments.filter(
    (segment) => segment !== undefined && (segment.kind !== 'static' || segment.text !== ''),
  );
  if (valid.length !== segments.length) return undefined;
  const parsed = valid as RouteSegment[];
  return parsed.slice(0, -1).some((segment) => segment.kind === 'greedy')
    ? undefined
    : { text, method, segments: parsed };
}

function shapeOf(key: RouteKey): string {
  const segments = key.segments.map((segment) => (segment.kind === 'static' ? segment.text : `{${segment.kind}}`));
  return `${key.method ?? '$default'} ${segments.join('/')}`;
}

/** Says what is wrong with a set of routes: two that no request could tell apart. Undefined if nothing is. Pure. */
export function checkRoutes(keys: readonly RouteKey[]): string | undefined {
  const seen = new Map<string, RouteKey>();
  for (const key of keys) {
    const twin = seen.get(shapeOf(key));
    if (twin !== undefined) return `routes ${twin.text} and ${key.text} cannot be told apart`;
    seen.set(shapeOf(key), key);
  }
  return undefined;
}

/** Variables of a route that fits the path, else undefined. `{name}` takes exactly one non-empty segment. */
function matchPath(key: RouteKey, path: string): Record<string, string> | undefined {
  const parts = path.slice(1).split('/');
  const parameters: [string, string][] = [];
  for (const [index, segment] of key.segments.entries()) {
    if (segment.kind === 'greedy') {
      // `/metrics/{proxy+}` also takes `/metrics/`, with an empty rest, but not `/metrics` (observed: storacha/w3infra #166).
      if (index >= parts.length) return undefined;
      parameters.push([segment.text, parts.slice(index).join('/')]);
      return Object.fromEntries(parameters);
    }
    const part = parts[index];
    if (part === undefined || part === '' || (segment.kind === 'static' && part !== segment.text)) return undefined;
    if (segment.kind === 'variable') parameters.push([segment.text, part]);
  }
  // `/` alone has one empty part and no segments.
  const used = Math.max(key.segments.length, 1);
  return parts.length === used && (key.segments.length > 0 || path === '/')
    ? Object.fromEntries(parameters)
    : undefined;
}

const KIND_ORDER = { static: 0, variable: 1, greedy: 2 } as const;

/** Negative if `a` is the more specific of two routes that fit the same request. */
function compareSpecificity(a: RouteKey, b: RouteKey): number {
  const greedy = (key: RouteKey) => Number(key.segments.at(-1)?.kind === 'greedy');
  if (greedy(a) !== greedy(b)) return greedy(a) - greedy(b);
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other !== undefined && segment.kind !== other.kind) return KIND_ORDER[segment.kind] - KIND_ORDER[other.kind];
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

/**
 * Chooses the route of a request as an HTTP API does. Pure. Among the routes whose method is the request's or `ANY`:
 * 1. full matches before 2. greedy matches before 3. `$default`; within a rank the first differing segment decides, fixed text
 * before `{name}` before `{name+}`; on the same path the named method before `ANY`. A trailing slash is a different path.
 * HEAD is not GET. A method outside the seven that a route can name has no route at all.
 * @param path - decoded, as in the event's `rawPath`
 * @returns undefined = API Gateway's 404
 * @see API Gateway Developer Guide, "Create routes for HTTP APIs", "Routing API requests". It ranks the three groups and says "most
 * specific match"; the order inside a group follows its examples.
 */
export function matchRoute<R extends { readonly key: RouteKey }>(
  routes: readonly R[],
  method: string,
  path: string,
): RouteMatch<R> | undefined {
  if (!METHODS.has(method)) return undefined;
  let best: RouteMatch<R> | undefined;
  for (const route of routes) {
    if (route.key.method !== method && route.key.method !== 'ANY') continue;
    const pathParameters = matchPath(route.key, path);
    if (pathParameters === undefined) continue;
    if (best === undefined || compareSpecificity(route.key, best.route.key) < 0) best = { route, pathParameters };
  }
  const fallback = routes.find((route) => route.key.text === '$default');
  return best ?? (fallback && { route: fallback, pathParameters: {} });
}
