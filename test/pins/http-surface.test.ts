import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toRoutes } from '../../shared/catalogue/to-routes.ts';
import { buildStateCookieName } from '../../shared/domain/connect-session.ts';
import { RETURN_PARAMETERS } from '../../shared/domain/return-url.ts';
import { USER_LINK_COOKIE } from '../../shared/domain/user-link.ts';
import { AUTHORIZE_PATH, CALLBACK_PATH, ROUTES } from '../../shared/http/routes.ts';

describe('what others build on', () => {
  it('pins the fixed routes', () => {
    expect(ROUTES).toEqual({
      authorize: { start: 'GET /authorize' },
      callback: {
        callback: 'GET /integration-callback',
        confirm: 'POST /connect-sessions/{session_id}/confirm',
      },
      connections: {
        createSession: 'POST /connect-sessions',
        list: 'GET /connections',
        read: 'GET /connections/{connection_id}',
        disconnect: 'DELETE /connections/{connection_id}',
        createToken: 'POST /connections/{connection_id}/tokens',
        revokeToken: 'DELETE /connections/{connection_id}/tokens/{token_id}',
        createUserLink: 'POST /connections/{connection_id}/user-links',
        myConnection: 'GET /my/connection',
        disconnectMine: 'POST /my/connection/disconnect',
      },
      portal: { default: '$default' },
    });
  });

  it('pins the redirect URI that operators have registered at Discord, and the link that users open', () => {
    expect(CALLBACK_PATH).toBe('/integration-callback');
    expect(AUTHORIZE_PATH).toBe('/authorize');
  });

  it("pins the actions' routes", () => {
    expect(toRoutes(catalogue).map(({ name, routeKey }) => [name, routeKey])).toEqual([
      ['users', 'ANY /connections/{connection_id}/api/v10/users/{discord_path+}'],
    ]);
  });

  it('pins the actions with their requests', () => {
    expect(catalogue.map(({ id, method, path }) => [id, `${method} ${path}`])).toEqual([
      ['user.read', 'GET /users/@me'],
      ['user_connections.list', 'GET /users/@me/connections'],
      ['user_guilds.list', 'GET /users/@me/guilds'],
      ['user_guild_member.read', 'GET /users/@me/guilds/{guild_id}/member'],
    ]);
  });

  it('pins the parameters with which a user comes back to the app', () => {
    expect(RETURN_PARAMETERS).toEqual(['connect_session_id', 'confirmation_code', 'connection_id', 'error']);
  });

  it('pins the names of the cookies', () => {
    expect(USER_LINK_COOKIE).toBe('__Host-my-connection');
    expect(buildStateCookieName('4ba69735ca53765ed6a709edb56c6ea236b7193a3b29a6b390c346f0f4340e4e')).toBe(
      '__Host-connect-4ba69735',
    );
  });
});
