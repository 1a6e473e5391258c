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
        confirmTest: 'POST /operator/connect-sessions/{session_id}/confirm',
      },
      connections: {
        createSession: 'POST /connect-sessions',
        list: 'GET /connections',
        read: 'GET /connections/{connection_id}',
        disconnect: 'DELETE /connections/{connection_id}',
        explainActions: 'GET /connections/{connection_id}/actions',
        createToken: 'POST /connections/{connection_id}/tokens',
        revokeToken: 'DELETE /connections/{connection_id}/tokens/{token_id}',
        createUserLink: 'POST /connections/{connection_id}/user-links',
        myConnection: 'GET /my/connection',
        disconnectMine: 'POST /my/connection/disconnect',
      },
      operator: {
        setUp: 'POST /operator/setup',
        signIn: 'POST /operator/session',
        readSession: 'GET /operator/session',
        signOut: 'DELETE /operator/session',
        endSessions: 'DELETE /operator/sessions',
        rollOperatorKey: 'POST /operator/key',
        readIntegration: 'GET /integration',
        writeIntegration: 'PUT /integration',
        checkIntegration: 'POST /integration/checks',
        listTenants: 'GET /tenants',
        createTenant: 'POST /tenants',
        readTenant: 'GET /tenants/{tenant_id}',
        changeTenant: 'PATCH /tenants/{tenant_id}',
        deleteTenant: 'DELETE /tenants/{tenant_id}',
        rotateTenantKey: 'POST /tenants/{tenant_id}/data-key',
        listGuilds: 'GET /tenants/{tenant_id}/guilds',
        assignGuild: 'PUT /tenants/{tenant_id}/guilds/{guild_id}',
        unassignGuild: 'DELETE /tenants/{tenant_id}/guilds/{guild_id}',
        listKeys: 'GET /api-keys',
        createKey: 'POST /api-keys',
        rollKey: 'POST /api-keys/{key_id}/roll',
        revokeKey: 'DELETE /api-keys/{key_id}',
        listConnections: 'GET /operator/connections',
        readConnection: 'GET /operator/connections/{connection_id}',
        disconnect: 'DELETE /operator/connections/{connection_id}',
        explainActions: 'GET /operator/connections/{connection_id}/actions',
        createToken: 'POST /operator/connections/{connection_id}/tokens',
        createReconnectLink: 'POST /operator/connections/{connection_id}/reconnect-links',
        createTestSession: 'POST /operator/connect-sessions',
        revokeAll: 'POST /operator/revocations',
        listAudit: 'GET /audit',
        readHealth: 'GET /health',
      },
      portal: {
        default: '$default',
        openApi: 'GET /openapi.json',
        reference: 'GET /reference',
        app: 'GET /portal',
        appPath: 'GET /portal/{path+}',
      },
    });
  });

  it('pins the redirect URI that operators have registered at Discord, and the link that users open', () => {
    expect(CALLBACK_PATH).toBe('/integration-callback');
    expect(AUTHORIZE_PATH).toBe('/authorize');
  });

  it("pins the actions' routes", () => {
    expect(toRoutes(catalogue).map(({ name, routeKey }) => [name, routeKey])).toEqual([
      ['users', 'ANY /connections/{connection_id}/api/v10/users/{discord_path+}'],
      ['guilds', 'ANY /connections/{connection_id}/api/v10/guilds/{discord_path+}'],
      ['channels', 'ANY /connections/{connection_id}/api/v10/channels/{discord_path+}'],
      ['webhooks', 'ANY /connections/{connection_id}/api/v10/webhooks/{discord_path+}'],
    ]);
  });

  it('pins the actions with their requests', () => {
    expect(catalogue.map(({ id, method, path }) => [id, `${method} ${path}`])).toEqual([
      ['user.read', 'GET /users/@me'],
      ['user_connections.list', 'GET /users/@me/connections'],
      ['user_guilds.list', 'GET /users/@me/guilds'],
      ['user_guild_member.read', 'GET /users/@me/guilds/{guild_id}/member'],
      ['guild_channels.list', 'GET /guilds/{guild_id}/channels'],
      ['guild_messages.search', 'GET /guilds/{guild_id}/messages/search'],
      ['guild.read', 'GET /guilds/{guild_id}'],
      ['guild_roles.list', 'GET /guilds/{guild_id}/roles'],
      ['guild_threads.list_active', 'GET /guilds/{guild_id}/threads/active'],
      ['user_guild.leave', 'DELETE /users/@me/guilds/{guild_id}'],
      ['member.add', 'PUT /guilds/{guild_id}/members/{user_id}'],
      ['member.edit', 'PATCH /guilds/{guild_id}/members/{user_id}'],
      ['member.kick', 'DELETE /guilds/{guild_id}/members/{user_id}'],
      ['member.read', 'GET /guilds/{guild_id}/members/{user_id}'],
      ['member_role.add', 'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}'],
      ['member_role.remove', 'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}'],
      ['members.list', 'GET /guilds/{guild_id}/members'],
      ['members.search', 'GET /guilds/{guild_id}/members/search'],
      ['ban.create', 'PUT /guilds/{guild_id}/bans/{user_id}'],
      ['ban.read', 'GET /guilds/{guild_id}/bans/{user_id}'],
      ['ban.remove', 'DELETE /guilds/{guild_id}/bans/{user_id}'],
      ['bans.create_bulk', 'POST /guilds/{guild_id}/bulk-ban'],
      ['bans.list', 'GET /guilds/{guild_id}/bans'],
      ['channel.delete', 'DELETE /channels/{channel_id}'],
      ['channel.edit', 'PATCH /channels/{channel_id}'],
      ['channel.read', 'GET /channels/{channel_id}'],
      ['message.create', 'POST /channels/{channel_id}/messages'],
      ['message.crosspost', 'POST /channels/{channel_id}/messages/{message_id}/crosspost'],
      ['message.delete', 'DELETE /channels/{channel_id}/messages/{message_id}'],
      ['message.edit', 'PATCH /channels/{channel_id}/messages/{message_id}'],
      ['message.read', 'GET /channels/{channel_id}/messages/{message_id}'],
      ['messages.delete_bulk', 'POST /channels/{channel_id}/messages/bulk-delete'],
      ['messages.list', 'GET /channels/{channel_id}/messages'],
      ['typing.start', 'POST /channels/{channel_id}/typing'],
      ['reaction.add', 'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me'],
      ['reaction.remove', 'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}'],
      ['reaction.remove_own', 'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me'],
      ['reactions.clear', 'DELETE /channels/{channel_id}/messages/{message_id}/reactions'],
      ['reactions.clear_emoji', 'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}'],
      ['reactions.list', 'GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}'],
      ['pin.create', 'PUT /channels/{channel_id}/messages/pins/{message_id}'],
      ['pin.remove', 'DELETE /channels/{channel_id}/messages/pins/{message_id}'],
      ['pins.list', 'GET /channels/{channel_id}/messages/pins'],
      ['thread.create', 'POST /channels/{channel_id}/threads'],
      ['thread.create_from_message', 'POST /channels/{channel_id}/messages/{message_id}/threads'],
      ['threads.list_archived_private', 'GET /channels/{channel_id}/threads/archived/private'],
      ['threads.list_archived_public', 'GET /channels/{channel_id}/threads/archived/public'],
      ['thread.join', 'PUT /channels/{channel_id}/thread-members/@me'],
      ['thread.leave', 'DELETE /channels/{channel_id}/thread-members/@me'],
      ['thread_member.add', 'PUT /channels/{channel_id}/thread-members/{user_id}'],
      ['thread_member.read', 'GET /channels/{channel_id}/thread-members/{user_id}'],
      ['thread_member.remove', 'DELETE /channels/{channel_id}/thread-members/{user_id}'],
      ['thread_members.list', 'GET /channels/{channel_id}/thread-members'],
      ['direct_message.open', 'POST /users/@me/channels'],
      ['channel_webhooks.list', 'GET /channels/{channel_id}/webhooks'],
      ['guild_webhooks.list', 'GET /guilds/{guild_id}/webhooks'],
      ['webhook.create', 'POST /channels/{channel_id}/webhooks'],
      ['webhook.delete', 'DELETE /webhooks/{webhook_id}'],
      ['webhook.edit', 'PATCH /webhooks/{webhook_id}'],
      ['webhook.read', 'GET /webhooks/{webhook_id}'],
      ['webhook.execute', 'POST /webhooks/{webhook_id}'],
      ['webhook_message.delete', 'DELETE /webhooks/{webhook_id}/messages/{message_id}'],
      ['webhook_message.edit', 'PATCH /webhooks/{webhook_id}/messages/{message_id}'],
      ['webhook_message.read', 'GET /webhooks/{webhook_id}/messages/{message_id}'],
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
