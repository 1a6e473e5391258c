import { describe, expect, it } from 'vitest';
import { findAllowedMethods } from '../../../shared/http/allowed-methods.ts';

describe('findAllowedMethods', () => {
  it.each([
    ['/authorize', ['GET']],
    ['/integration-callback', ['GET']],
    ['/connect-sessions', ['POST']],
    ['/connect-sessions/cs_1/confirm', ['POST']],
    ['/connections', ['GET']],
    ['/connections/con_1', ['GET', 'DELETE']],
    ['/connections/con_1/tokens', ['POST']],
    ['/connections/con_1/tokens/0123456789abcdef', ['DELETE']],
    ['/connections/', []],
    ['/connections/a/b', []],
    ['/Authorize', []],
    ['/', []],
    ['', []],
    ['/problems/x', []],
  ])('knows what %j takes', (path, methods) => {
    expect(findAllowedMethods(path)).toEqual(methods);
  });
});
