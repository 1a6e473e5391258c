import { fail, ok, type Result } from '../result.ts';

/** What Discord's redirect says: a code, or that there is none. */
export type CallbackQuery =
  { readonly state: string; readonly code: string } | { readonly state: string; readonly error: string };

/** Error codes that go on to the app; whatever else stands there becomes `server_error`. @see RFC 6749 §4.1.2.1 */
const KNOWN_ERRORS = new Set([
  'access_denied',
  'invalid_request',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_response_type',
  'server_error',
  'temporarily_unavailable',
]);

/** Characters. Far above what Discord sends, low enough to be no burden. */
const MAX_VALUE_LENGTH = 512;

/**
 * Reads the query of the redirect back from Discord. Strict: exactly one state, exactly one of code and error, nothing
 * twice. `guild_id` and `permissions` are hints by the browser and are not read at all; the token answer is the authority.
 * @see Discord docs: topics/oauth2 · RFC 6749 §3.1 (parameters must not be included more than once)
 */
export function parseCallbackQuery(query: URLSearchParams): Result<CallbackQuery, { reason: 'callback_malformed' }> {
  const malformed = fail({ reason: 'callback_malformed' });
  const read = (name: string) => {
    const values = query.getAll(name);
    return values.length > 1 || (values[0]?.length ?? 0) > MAX_VALUE_LENGTH ? null : (values[0] ?? '');
  };
  const [state, code, error] = [read('state'), read('code'), read('error')];
  if (state === null || code === null || error === null || state === '') return malformed;
  if ((code === '') === (error === '')) return malformed;
  return ok(code === '' ? { state, error: KNOWN_ERRORS.has(error) ? error : 'server_error' } : { state, code });
}
