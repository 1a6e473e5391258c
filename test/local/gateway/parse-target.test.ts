import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../../infra/local/gateway/parse-target.ts';

describe('parseTarget', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['/a%2Fb', '/a/b'],
    ['/%2e%2e/x', '/../x'],
    ['/a/../b', '/a/../b'],
    ['/%252e', '/%2e'],
    ['//a', '//a'],
    ['/a%3Fb=c/d', '/a'],
    ['/a%00b', '/a\0b'],
    ['/a%0d%0aHost:x', '/a\r\nHost:x'],
    ['/%F0%9F%91%8D', '/👍'],
    ['/\xf0\x9f\x91\x8d', '/👍'],
    ['/%EF%BB%BFx', '/\uFEFFx'],
    ['/a+b', '/a+b'],
    ['http://localhost:3000/a%20b', '/a b'],
    ['http://localhost', '/'],
  ])('decodes the path of %s once', (target, path) => {
    expect(parseTarget(target, 'once')).toEqual({ path, rawQueryString: '' });
  });

  it('keeps the query as sent', () => {
    expect(parseTarget('/a?x=%2F&y=?&z', 'once')).toEqual({ path: '/a', rawQueryString: 'x=%2F&y=?&z' });
    expect(parseTarget('/a%3Fb?x=1', 'once')).toEqual({ path: '/a', rawQueryString: 'x=1' });
    expect(parseTarget('/a?', 'once')).toEqual({ path: '/a', rawQueryString: '' });
  });

  it.each([
    'a',
    '*',
    '',
    '/%',
    '/%4',
    '/%zz',
    '/%80',
    '/%C0%AF',
    '/%ED%A0%80',
    '/\xff',
    '/a#b',
    'ftp://x/',
    'http:///x#',
  ])('refuses %j', (target) => {
    expect(parseTarget(target, 'once')).toBeUndefined();
  });

  /** Captured from a live HTTP API by hotsock/voker, July 2026. */
  it.each([
    ['/capture/space%20value', '/capture/space value'],
    ['/capture/question%3Fvalue', '/capture/question'],
    ['/capture/percent%25done', undefined],
    ['/capture/hash%23value', '/capture/hash#value'],
    ['/capture/slash%2Fvalue', '/capture/slash/value'],
    ['/capture/unicode-%CE%BB-%E4%B8%96%E7%95%8C', '/capture/unicode-λ-世界'],
    ['/capture/literal%252Fvalue', '/capture/literal/value'],
    ['/capture/literal%253Fvalue', '/capture/literal?value'],
    ['/capture/literal%2525value', '/capture/literal%value'],
  ])('with `twice`, %s arrives as it did on a live HTTP API', (target, path) => {
    expect(parseTarget(target, 'twice')?.path).toBe(path);
  });
});
