import { AUTHORIZE_PATH, CALLBACK_PATH, MY_CONNECTION_PATH, PORTAL_PATH } from '../connect-paths.ts';

export { AUTHORIZE_PATH, CALLBACK_PATH, MY_CONNECTION_PATH, PORTAL_PATH };

/**
 * Every fixed route of the gateway, by the function that serves it (API Gateway route keys). Infra makes the routes from
 * this table and the handlers dispatch on it; the actions' routes come from the catalogue (`shared/catalogue/to-routes.ts`).
 */
export const ROUTES = {
  authorize: { start: `GET ${AUTHORIZE_PATH}` },
  callback: {
    callback: `GET ${CALLBACK_PATH}`,
    confirm: 'POST /connect-sessions/{session_id}/confirm',
    /** The operator's own test of the connect flow: his session stands in place of an app's API key. */
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
    myConnection: `GET ${MY_CONNECTION_PATH}`,
    disconnectMine: `POST ${MY_CONNECTION_PATH}/disconnect`,
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
    app: `GET ${PORTAL_PATH}`,
    appPath: `GET ${PORTAL_PATH}/{path+}`,
  },
} as const;
