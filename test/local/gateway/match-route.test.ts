import { describe, expect, it } from 'vitest';
import { checkRoutes, matchRoute, parseRouteKey } from '../../../infra/local/gateway/match-route.ts';
import type { RouteKey } from '../../../infra/local/gateway/match-route.ts';

function keys(...texts: string[]): { key: RouteKey }[] {
  return texts.map((text) => {
    const key = parseRouteKey(text);
    if (key === undefined) throw new Error(`bad route key ${text}`);
    return { key };
  });
}

function routed(
  routes: { key: RouteKey }[],
  method: string,
  path: string,
): [string, Record<string, string>] | undefined {
  const match = matchRoute(routes, method, path);
  return match && [match.route.key.text, { ...match.pathParameters }];
}

describe('matchRoute', () => {
  /** The example of the Developer Guide, "Routing API requests". */
  const guide = keys('GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default');
  const noDefault = keys(
    'GET /',
    'GET /pets',
    'ANY /pets',
    'POST /pets/{id}',
    'GET /a/{x}/c',
    'GET /a/b/{y}',
    'GET /m/{rest+}',
  );

  it.each([
    [guide, 'GET', '/pets/dog/1', ['GET /pets/dog/1', {}]],
    [guide, 'GET', '/pets/dog/2', ['GET /pets/dog/{id}', { id: '2' }]],
    [guide, 'GET', '/pets/cat/1', ['GET /pets/{proxy+}', { proxy: 'cat/1' }]],
    [guide, 'POST', '/test/5', ['ANY /{proxy+}', { proxy: 'test/5' }]],
    [guide, 'POST', '/pets/dog/1', ['ANY /{proxy+}', { proxy: 'pets/dog/1' }]],
    [guide, 'GET', '/pets', ['ANY /{proxy+}', { proxy: 'pets' }]],
    [noDefault, 'GET', '/', ['GET /', {}]],
    [noDefault, 'GET', '/pets', ['GET /pets', {}]],
    [noDefault, 'PUT', '/pets', ['ANY /pets', {}]],
    [noDefault, 'HEAD', '/pets', ['ANY /pets', {}]],
    [noDefault, 'HEAD', '/', undefined],
    [noDefault, 'POST', '/', undefined],
    [noDefault, 'GET', '/pets/', undefined],
    [noDefault, 'GET', '//pets', undefined],
    [noDefault, 'POST', '/pets/', undefined],
    [noDefault, 'POST', '/pets//', undefined],
    [noDefault, 'POST', '/pets/7/', undefined],
    [noDefault, 'GET', '/Pets', undefined],
    [noDefault, 'GET', '/a/b/c', ['GET /a/b/{y}', { y: 'c' }]],
    [noDefault, 'GET', '/a/z/c', ['GET /a/{x}/c', { x: 'z' }]],
    [noDefault, 'GET', '/m', undefined],
    [noDefault, 'GET', '/m/', ['GET /m/{rest+}', { rest: '' }]],
    [noDefault, 'GET', '/m/../x//y', ['GET /m/{rest+}', { rest: '../x//y' }]],
    [keys('GET /{a+}', 'ANY /x/{b+}', 'ANY /{a+}', 'GET /x/{b}/{c+}'), 'GET', '/x/y', ['ANY /x/{b+}', { b: 'y' }]],
    [keys('GET /{a+}', 'ANY /x/{b+}', 'ANY /{a+}', 'GET /x/{b}/{c+}'), 'GET', '/y', ['GET /{a+}', { a: 'y' }]],
    [keys('ANY /x/{b+}', 'GET /x/{b}'), 'GET', '/x/y', ['GET /x/{b}', { b: 'y' }]],
    [keys('ANY /x/{b+}', 'GET /x/{b}/{c+}'), 'GET', '/x/y/z', ['GET /x/{b}/{c+}', { b: 'y', c: 'z' }]],
    [keys('GET /x/{c+}', 'GET /{a}/{b}'), 'GET', '/x/y', ['GET /{a}/{b}', { a: 'x', b: 'y' }]],
    [keys('$default'), 'GET', '/anything', ['$default', {}]],
    [keys('$default', 'ANY /{proxy+}'), 'TRACE', '/', undefined],
    [keys('GET /{__proto__}'), 'GET', '/x', ['GET /{__proto__}', Object.fromEntries([['__proto__', 'x']])]],
  ] as const)('routes case %#: %s %s %s', (routes, method, path, expected) => {
    expect(routed([...routes], method, path)).toEqual(expected);
    expect(routed([...routes].reverse(), method, path)).toEqual(expected);
  });
});

describe('parseRouteKey', () => {
  it.each([
    'GET',
    '/x',
    'get /x',
    'TRACE /x',
    'GET x',
    'GET /x/',
    'GET /{a+}/b',
    'GET /a{b}',
    'GET /{}',
    'GET /a b',
    '$connect',
  ])('refuses %s', (text) => {
    expect(parseRouteKey(text)).toBeUndefined();
  });
});

describe('checkRoutes', () => {
  it('names two routes that differ only in the name of a variable', () => {
    expect(checkRoutes(keys('GET /a/{b}', 'GET /a/{c}').map((route) => route.key))).toContain(
      'GET /a/{b} and GET /a/{c}',
    );
    expect(checkRoutes(keys('GET /a/{b}', 'ANY /a/{b}', 'GET /a/{b+}').map((route) => route.key))).toBeUndefined();
  });
});
