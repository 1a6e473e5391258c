/** Path of the one redirect URI that the operator registers at Discord. */
export const CALLBACK_PATH = '/integration-callback';

/** Path to which a connect session sends the end user's browser. */
export const AUTHORIZE_PATH = '/authorize';

/** Path of the page on which an end user sees his own connection and can end it. */
export const MY_CONNECTION_PATH = '/my/connection';
