import { describe, expect, it } from 'vitest';
import {
  buildRequestedScopes,
  computeMissingScopes,
  DEFAULT_SCOPES,
  isKnownScope,
  parseGrantedScopes,
  SCOPES,
} from '../../../shared/domain/scopes.ts';

describe('buildRequestedScopes', () => {
  it('always asks identify, and nothing twice', () => {
    expect(buildRequestedScopes([])).toEqual(['identify']);
    expect(buildRequestedScopes(['guilds', 'identify', 'guilds'])).toEqual(['identify', 'guilds']);
  });
});

describe('parseGrantedScopes', () => {
  it('keeps the granted scopes, not the requested ones', () => {
    expect(parseGrantedScopes('identify guilds', ['identify', 'email'])).toEqual(['identify', 'guilds']);
  });

  it('takes an answer without scopes for all that were asked (RFC 6749 §5.1)', () => {
    expect(parseGrantedScopes(undefined, ['identify', 'email'])).toEqual(['identify', 'email']);
  });

  it('takes an empty list for none', () => {
    expect(parseGrantedScopes('', ['identify'])).toEqual([]);
  });

  it('bears repeated scopes and spaces', () => {
    expect(parseGrantedScopes('  identify   email identify ', [])).toEqual(['identify', 'email']);
  });
});

describe('computeMissingScopes', () => {
  it('names what is needed and not held, in the order of need', () => {
    expect(computeMissingScopes(['guilds', 'identify', 'email'], ['identify'])).toEqual(['guilds', 'email']);
    expect(computeMissingScopes([], [])).toEqual([]);
  });

  it('does not take a scope for its beginning', () => {
    expect(computeMissingScopes(['guilds'], ['guilds.members.read'])).toEqual(['guilds']);
  });
});

describe('SCOPES', () => {
  it('knows each offered scope, among them the defaults, and no other', () => {
    expect(SCOPES.every(({ name }) => isKnownScope(name))).toBe(true);
    expect(DEFAULT_SCOPES.every(isKnownScope)).toBe(true);
    for (const name of ['', 'Identify', 'identify email', 'rpc', 'constructor']) expect(isKnownScope(name)).toBe(false);
  });
});
