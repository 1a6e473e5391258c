/** Version of this layer, as in package.json (a test holds them together). Discord sees it in the User-Agent. */
export const VERSION = '0.1.0';
