/**
 * Every fixed route of the gateway, by the function that serves it (API Gateway route keys). Infra makes the routes from
 * this table and the handlers dispatch on it; the actions' routes come from the catalogue (`shared/catalogue/to-routes.ts`).
 */
export const ROUTES = {
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
  },
  portal: { default: '$default' },
} as const;

/** Path of the one redirect URI that the operator registers at Discord. */
export const CALLBACK_PATH = '/integration-callback';

/** Path to which a connect session sends the end user's browser. */
export const AUTHORIZE_PATH = '/authorize';
