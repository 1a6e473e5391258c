/** Path of the one redirect URI that the operator registers at Discord. */
export const CALLBACK_PATH = '/integration-callback';

/** Path to which a connect session sends the end user's browser. */
export const AUTHORIZE_PATH = '/authorize';

/** Path of the page on which an end user sees his own connection and can end it. */
export const MY_CONNECTION_PATH = '/my/connection';

/** Parameter of that page with which the callback sends there who has just connected. It changes the words, nothing else. */
export const CONNECTED = { name: 'connected', value: '1' } as const;

/** Parameter with which the page before Discord's goes on: the browser has been shown who asks. */
export const GO = { name: 'go', value: '1' } as const;

/** Path of the operator's portal; its pages and assets lie below. */
export const PORTAL_PATH = '/portal';

/** Below it lie the portal's script and style. */
export const PORTAL_ASSETS_PATH = `${PORTAL_PATH}/assets`;

/** Where the portal's files lie in the bundle of its function. */
export const PORTAL_DIR = 'portal';

/** Page of the portal to which the operator's own test of the connect flow returns. */
export const TEST_RETURN_PATH = `${PORTAL_PATH}/test-user`;
