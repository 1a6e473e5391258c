import { AUTHORIZE_PATH, CALLBACK_PATH, MY_CONNECTION_PATH } from '../connect-paths.ts';

export { AUTHORIZE_PATH, CALLBACK_PATH, MY_CONNECTION_PATH };

/**
 * Every fixed route of the gateway, by the function that serves it (API Gateway route keys). Infra makes the routes from
 * this table and the handlers dispatch on it; the actions' routes come from the catalogue (`shared/catalogue/to-routes.ts`).
 */
export const ROUTES = {
  authorize: { start: `GET ${AUTHORIZE_PATH}` },
  callback: {
    callback: `GET ${CALLBACK_PATH}`,
    confirm: 'POST /connect-sessions/{session_id}/confirm',
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
  portal: { default: '$default', openApi: 'GET /openapi.json', reference: 'GET /reference' },
} as const;
