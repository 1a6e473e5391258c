/** Path of the one redirect URI that the operator registers at Discord. */
export const CALLBACK_PATH = '/integration-callback';

/** Path to which a connect session sends the end user's browser. */
export const AUTHORIZE_PATH = '/authorize';
