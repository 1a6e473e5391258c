import { describe, expect, it } from 'vitest';
import {
  buildCurrentAuthorizationRequest,
  parseCurrentAuthorization,
} from '../../../shared/discord/current-authorization.ts';

const parse = (value: unknown) => parseCurrentAuthorization(Buffer.from(JSON.stringify(value)));
const user = { id: '175928847299117063', username: 'ada', global_name: 'Ada', avatar: null };

describe('buildCurrentAuthorizationRequest', () => {
  it("asks who the token belongs to, with the user's own token", () => {
    expect(buildCurrentAuthorizationRequest('t')).toEqual({
      method: 'GET',
      path: '/api/v10/oauth2/@me',
      headers: { authorization: 'Bearer t' },
    });
  });
});

describe('parseCurrentAuthorization', () => {
  it('reads scopes and user, and nothing else', () => {
    expect(parse({ application: {}, scopes: ['identify'], expires: 'x', user })).toEqual({
      scopes: ['identify'],
      user: { id: user.id, username: 'ada', globalName: 'Ada' },
    });
  });

  it('knows no user without the scope identify', () => {
    expect(parse({ scopes: ['guilds'] })).toEqual({ scopes: ['guilds'] });
  });

  it('takes a missing display name for none', () => {
    expect(parse({ scopes: [], user: { id: '1', username: 'a' } })?.user?.globalName).toBeNull();
  });

  it.each([
    null,
    [],
    {},
    { scopes: 'identify' },
    { scopes: [], user: null },
    { scopes: [], user: { ...user, id: 175928847299117 } },
    { scopes: [], user: { ...user, id: '@me' } },
    { scopes: [], user: { id: user.id } },
  ])('reads nothing from %j', (value) => {
    expect(parse(value)).toBeUndefined();
  });

  it('reads nothing from what is not JSON', () => {
    expect(parseCurrentAuthorization(Buffer.from('<html>'))).toBeUndefined();
  });
});
