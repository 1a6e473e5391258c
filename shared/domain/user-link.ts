import { createHmac } from 'node:crypto';

/**
 * Seconds. The app makes a link when its user asks for it and sends him there at once; a quarter of an hour leaves time to
 * read, and little to whoever finds it in a history later.
 */
export const USER_LINK_LIFE_SECONDS = 15 * 60;

/** Bytes of the secret in a link. */
export const USER_LINK_BYTES = 32;

/** Shape of that secret: 256 random bits as base64url. */
export const USER_LINK_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Cookie that holds the link's secret once it has left the address. One name for all links: the page in a browser is always
 * that of the link opened last. `__Host-`: this origin only, Secure, Path=/ (RFC 6265bis §4.1.3.2).
 */
export const USER_LINK_COOKIE = '__Host-my-connection';

/**
 * A link with which an end user sees one connection and can end it. Stored under the hash of its secret. It can be opened
 * any number of times until it expires: previews and mail scanners open links too, opening changes nothing, and whoever
 * was sent it may go back and forth or try another browser.
 */
export interface UserLink {
  readonly tenantId: string;
  readonly connectionId: string;
  /** Where the page leads back to, if the app has said. */
  readonly returnUrl?: string;
  readonly createdAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
}

/**
 * Builds what the page's forms carry: only who holds the cookie can have been given it, so that no other site can make the
 * browser send the form. It follows from the secret and says nothing about it or about the hash under which it is stored.
 */
export function buildFormToken(secret: string): string {
  return createHmac('sha256', secret).update('my-connection form', 'utf8').digest('base64url');
}

/** `Set-Cookie` for a link's secret. Lax, not Strict: who comes from the app's site must have it at the end of the redirect. */
export function buildUserLinkCookie(secret: string, maxAgeSeconds: number): string {
  return `${USER_LINK_COOKIE}=${secret}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;
}
