import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAuthorizeUrl, type AuthorizeRequest } from '../../../shared/discord/authorize-url.ts';

const BASE = 'https://discord.com';
const request: AuthorizeRequest = {
  clientId: '157730590492196864',
  scopes: ['identify', 'guilds.members.read'],
  redirectUri: 'https://gateway.example/integration-callback',
  state: 'state-1',
};

describe('buildAuthorizeUrl', () => {
  it('asks for a code with exactly the documented parameters', () => {
    expect(buildAuthorizeUrl(BASE, request)).toBe(
      'https://discord.com/oauth2/authorize?response_type=code&client_id=157730590492196864' +
        '&scope=identify%20guilds.members.read&redirect_uri=https%3A%2F%2Fgateway.example%2Fintegration-callback' +
        '&state=state-1&prompt=consent',
    );
  });

  it('adds PKCE, permissions and guild where they are wished', () => {
    const url = new URL(
      buildAuthorizeUrl(BASE, {
        ...request,
        scopes: ['identify', 'bot'],
        codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        permissions: '2048',
        guildId: '197038439483310086',
      }),
    );

    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      permissions: '2048',
      guild_id: '197038439483310086',
    });
  });

  it('names no challenge method without a challenge', () => {
    expect(buildAuthorizeUrl(BASE, request)).not.toContain('code_challenge');
  });

  it('stays at Discord and says each value once, as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (state, redirectUri) => {
        const url = new URL(buildAuthorizeUrl(BASE, { ...request, state, redirectUri }));

        expect([url.origin, url.pathname, url.hash]).toEqual([BASE, '/oauth2/authorize', '']);
        expect(url.searchParams.getAll('state')).toEqual([state]);
        expect(url.searchParams.getAll('redirect_uri')).toEqual([redirectUri]);
        expect(url.search).not.toContain('+');
      }),
    );
  });
});
