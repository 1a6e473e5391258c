import { fail, ok, type Result } from '../result.ts';
import type { ConnectSession } from './connect-session.ts';
import type { ConnectFailure } from '../problems/failure.ts';

/** Characters. Longer URLs do not fit safely into a redirect header next to what we add. */
const RETURN_URL_MAX_LENGTH = 1500;

/** Query names that we add on the way back; the app must not use them itself, or two would stand there. */
export const RETURN_PARAMETERS = ['connect_session_id', 'confirmation_code', 'connection_id', 'error'] as const;

type ReturnUrlFailure = Extract<ConnectFailure, { reason: 'return_url_not_allowed' }>;

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_ANY_PORT = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/;

/** Whether an origin is on this machine: the one case in which plain http is acceptable (RFC 8252 §7.3, §8.3). */
export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_HOSTS.has(new URL(origin).hostname);
}

/**
 * Checks one entry of the operator's list of return origins: `https://host[:port]`, or a loopback `http` origin, whose port
 * may be `*` when the gateway itself runs on loopback.
 * @returns why the entry is refused, or nothing
 */
export function checkReturnOrigin(entry: string, publicBaseUrl: string): string | undefined {
  if (LOOPBACK_ANY_PORT.test(entry)) {
    return isLoopbackOrigin(publicBaseUrl) ? undefined : `${entry} works only on a local gateway; name the exact port`;
  }
  if (!URL.canParse(entry) || new URL(entry).origin !== entry) {
    return `${JSON.stringify(entry)} is not an exact origin such as https://app.example.com (no path, no trailing slash)`;
  }
  // A URL parser takes it for part of a host name, an operator for "any": nothing would ever match.
  if (entry.includes('*')) return `${entry} has a wildcard; name each origin exactly`;
  const isPlainHttp = entry.startsWith('http://') && isLoopbackOrigin(entry);
  if (!entry.startsWith('https://') && !isPlainHttp) return `${entry} must be https`;
  return undefined;
}

/**
 * Checks a return URL against the operator's list. Made twice: when a session is created and again before the redirect,
 * since the list may have changed in between. The text itself must begin with the allowed origin, so that nothing which a
 * URL parser repairs (tabs, backslashes, unicode hosts) can pass for it.
 * @see RFC 9700 §4.11 (open redirection)
 */
export function checkReturnUrl(text: string, allowedOrigins: readonly string[]): Result<URL, ReturnUrlFailure> {
  const refuse = (detail: string) => fail({ reason: 'return_url_not_allowed' as const, detail });
  if (text.length > RETURN_URL_MAX_LENGTH)
    return refuse(`The return URL is longer than ${RETURN_URL_MAX_LENGTH} characters.`);
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\')) {
    return refuse('The return URL has characters that must be percent-encoded.');
  }
  if (!URL.canParse(text)) return refuse('The return URL is not an absolute URL.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('The return URL must begin with https://.');
  if (url.username !== '' || url.password !== '')
    return refuse('The return URL must not hold a user name or password.');
  if (text.includes('#')) return refuse('The return URL must not have a fragment.');
  if (!beginsWithOrigin(text, url.origin) || !allowedOrigins.some((allowed) => isOriginAllowed(url, allowed))) {
    return refuse("The return URL's origin is not on the operator's list of return origins.");
  }
  const taken = RETURN_PARAMETERS.filter((name) => url.searchParams.has(name));
  if (taken.length > 0) return refuse(`The return URL must not use the query parameters ${taken.join(', ')}.`);
  return ok(url);
}

function beginsWithOrigin(text: string, origin: string): boolean {
  return text.startsWith(origin) && ['/', '?', undefined].includes(text[origin.length]);
}

function isOriginAllowed(url: URL, allowed: string): boolean {
  const anyPort = LOOPBACK_ANY_PORT.exec(allowed);
  return anyPort ? url.protocol === 'http:' && url.hostname === anyPort[1] : url.origin === allowed;
}

/** Adds our parameters to a checked return URL, behind whatever query the app put there, which stays as it was written. */
export function buildReturnLocation(
  url: URL,
  added: Partial<Record<(typeof RETURN_PARAMETERS)[number], string>>,
): string {
  const separator = url.search !== '' ? '&' : url.href.endsWith('?') ? '' : '?';
  return `${url.href}${separator}${new URLSearchParams(added).toString()}`;
}

/**
 * Checks where a session sends its user back: to the operator's list, or for the operator's own test to the portal, whose address he has
 * not to list. The address of a test is ours, made when the session was.
 * @returns nothing as the value of a session that leads nowhere
 */
export function checkSessionReturn(
  { returnUrl, isOperatorTest }: Pick<ConnectSession, 'isOperatorTest' | 'returnUrl'>,
  returnOrigins: readonly string[],
): Result<URL | undefined, ReturnUrlFailure> {
  if (returnUrl === undefined) return ok(undefined);
  return checkReturnUrl(returnUrl, isOperatorTest === true ? [new URL(returnUrl).origin] : returnOrigins);
}
