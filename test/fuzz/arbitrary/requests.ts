import fc from 'fast-check';
import { catalogue } from '../../../shared/catalogue/index.ts';
import { ROUTES } from '../../../shared/http/routes.ts';
import type { FuzzedRequest } from '../fuzzed-request.ts';
import { withRealIds, type Places } from '../places.ts';
import { bodyOf, type FuzzedBody } from './bodies.ts';
import { joinTarget, pathOf, queryOf, targetOf } from './targets.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

const method = (own: string) =>
  fc.oneof({ weight: 24, arbitrary: fc.constant(own) }, { weight: 1, arbitrary: fc.constantFrom(...METHODS) });

/** What a request says of who sends it. */
function authorization(places: Places): fc.Arbitrary<string | undefined> {
  const [key = '', ...others] = places.credentials;
  return fc.oneof(
    { weight: 50, arbitrary: fc.constant(`Bearer ${key}`) },
    { weight: 3, arbitrary: fc.constantFrom(...others.map((other) => `Bearer ${other}`)) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        undefined,
        '',
        'Bearer',
        'Bearer  ',
        `bearer ${key}`,
        `Bearer ${key} ${key}`,
        `Bearer ${key}x`,
        `Basic ${key}`,
        'Bot abc.def.ghi',
        `Bearer ${'a'.repeat(3_000)}`,
      ),
    },
  );
}

type Header = readonly [name: string, value: string];

/** Headers that the layer reads, with values that are right, wrong, and not ASCII. Names may come twice. */
const header: fc.Arbitrary<Header> = fc.oneof(
  fc.tuple(fc.constant('Dry-Run'), fc.constantFrom('true', 'true', 'true', 'false', 'TRUE', '1', '', 'true,true')),
  fc.tuple(
    fc.constant('Idempotency-Key'),
    fc.constantFrom('one', 'one', 'two', '', 'a b', 'k'.repeat(255), 'k'.repeat(256), '\u00ff'),
  ),
  fc.tuple(
    fc.constant('X-Audit-Log-Reason'),
    fc.constantFrom(
      'tidying',
      'Gr%C3%BC%C3%9Fe',
      '%',
      '%ff',
      '\u00e9',
      '',
      '%0d%0aX-Injected: 1',
      'r'.repeat(513),
      '%F0%9F%91%8D'.repeat(512),
    ),
  ),
  fc.tuple(fc.constant('Accept'), fc.constantFrom('application/problem+json', '*/*', 'text/html', '', 'x'.repeat(500))),
  fc.tuple(
    fc.constant('Cookie'),
    fc.constantFrom('a=b', '__Host-connect-00000000=x', '=;=;', '__proto__=1', 'a=b; a=c'),
  ),
  fc.tuple(fc.constant('Content-Encoding'), fc.constantFrom('gzip', 'identity')),
  fc.tuple(fc.constant('X-HTTP-Method-Override'), fc.constantFrom('DELETE')),
  fc.tuple(fc.constant('X-Forwarded-For'), fc.constantFrom('127.0.0.1', '\u00ff')),
  fc.tuple(fc.constant('X-Forwarded-Host'), fc.constantFrom('evil.example')),
  fc.tuple(fc.constant('Origin'), fc.constantFrom('null', 'http://localhost:9', 'https://evil.example')),
  fc.tuple(fc.constantFrom('__proto__', 'constructor', 'x-request-id'), fc.constantFrom('1', 'x'.repeat(200))),
);

const headers = fc.oneof(
  { weight: 5, arbitrary: fc.constant<readonly Header[]>([]) },
  { weight: 3, arbitrary: fc.array(header, { minLength: 1, maxLength: 3 }) },
);

/** What follows a route of our own where it takes a body or a query. */
const OWN: Readonly<Record<string, { readonly body?: unknown; readonly query?: Readonly<Record<string, string>> }>> = {
  [ROUTES.authorize.start]: { query: { session: `cs_${'A'.repeat(43)}` } },
  [ROUTES.callback.callback]: { query: { code: 'abc', state: 'def', guild_id: '197038439483310086' } },
  [ROUTES.callback.confirm]: { body: { user_id: 'member', confirmation_code: 'x'.repeat(43) } },
  [ROUTES.connections.createSession]: {
    body: {
      user_id: 'someone',
      return_url: 'http://localhost:9/back',
      scopes: ['identify', 'guilds'],
      permissions: '8',
    },
  },
  [ROUTES.connections.list]: { query: { limit: '10', user_id: 'member', cursor: 'abc' } },
  [ROUTES.connections.disconnect]: { query: { delete_webhooks: 'true' } },
  [ROUTES.connections.explainActions]: { query: { guild_id: '197038439483310086', channel_id: '197038439483310201' } },
  [ROUTES.connections.createToken]: {
    body: { actions: ['user.read'], guild_ids: ['197038439483310086'], expires_in: 600 },
  },
  [ROUTES.connections.createUserLink]: { body: { return_url: 'http://localhost:9/back' } },
  [ROUTES.connections.myConnection]: { query: { link: 'x'.repeat(43) } },
  [ROUTES.connections.disconnectMine]: { body: { form: 'x' } },
};

const OTHER_PATHS = [
  '/',
  '/problems/{code}',
  '/connections/{connection_id}/api/v10',
  '/connections/{connection_id}/api/v9/users/@me',
];

interface Shape {
  readonly method: string;
  readonly target: fc.Arbitrary<string>;
  readonly body: fc.Arbitrary<FuzzedBody>;
}

function listOwnShapes(places: Places): Shape[] {
  const parameters = {
    ...places.parameters,
    connection_id: places.connections,
    code: ['input_invalid', 'internal_error'],
  };
  const all = { ...places, parameters };
  const keys = Object.values(ROUTES).flatMap((group) => Object.values(group) as string[]);
  const routes = [...keys.filter((key) => key !== ROUTES.portal.default), ...OTHER_PATHS.map((path) => `GET ${path}`)];
  return routes.map((key) => {
    const [verb = '', template = ''] = key.split(' ');
    const { body, query = {} } = OWN[key] ?? {};
    const target = fc.tuple(pathOf(template, {}, all), queryOf(Object.keys(query), query, all)).map(joinTarget);
    return { method: verb, target, body: bodyOf(body, false, all) };
  });
}

function listActionShapes(places: Places): Shape[] {
  return catalogue.map((action) => ({
    method: action.method,
    target: targetOf(action, places),
    body: bodyOf(
      action.body && withRealIds(action.example.body ?? {}, places),
      action.body?.takesFiles === true,
      places,
    ),
  }));
}

/** Requests to every action of the catalogue and every route of our own, from right ones to noise. */
export function fuzzedRequests(places: Places): fc.Arbitrary<FuzzedRequest> {
  const who = authorization(places);
  const build = (shape: Shape): fc.Arbitrary<FuzzedRequest> =>
    fc
      .tuple(method(shape.method), shape.target, who, headers, shape.body)
      .map(([verb, target, credential, more, body]) => ({
        method: verb,
        target,
        headers: [
          ...(credential === undefined ? [] : [['Authorization', credential] as const]),
          ...(body.contentType === undefined ? [] : [['Content-Type', body.contentType] as const]),
          ...more,
        ],
        body: body.bytes,
      }));
  return fc.oneof(
    { weight: 5, arbitrary: fc.oneof(...listActionShapes(places).map(build)) },
    { weight: 1, arbitrary: fc.oneof(...listOwnShapes(places).map(build)) },
  );
}
