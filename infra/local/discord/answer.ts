/** One HTTP answer before it is put on the wire. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. Content-Length and Date are added when it is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer, never cached: nearly all of them concern one user. */
export function buildJsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}

/** A 204: done, and there is nothing to say. */
export function buildEmptyAnswer(): Answer {
  return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
}

/** A 302 to `location`, which must already be encoded. */
export function buildRedirectAnswer(location: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 302, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' };
}

/** Leaves of Discord's nested `errors` object: field name → what is wrong with it. */
export type FieldErrors = Readonly<Record<string, { readonly code: string; readonly message: string }>>;

/**
 * Discord's error body for everything but OAuth: a number that programs branch on and a text.
 * @param code - Discord's JSON error code; 0 for plain HTTP errors
 * @see Discord docs: reference#error-messages, topics/opcodes-and-status-codes#json
 */
export function buildApiErrorAnswer(status: number, code: number, message: string): Answer {
  return buildJsonAnswer(status, { message, code });
}

/** 50035: one or more fields are wrong. */
export function buildFieldErrorAnswer(fields: FieldErrors): Answer {
  const errors = Object.fromEntries(Object.entries(fields).map(([name, error]) => [name, { _errors: [error] }]));
  return buildJsonAnswer(400, { message: 'Invalid Form Body', code: 50035, errors });
}

/** One thing that is wrong with a body: where, in names and array indexes, and what. */
export interface BodyError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

interface ErrorTree {
  [name: string]: ErrorTree | { readonly code: string; readonly message: string }[];
}

/** 50035 with `errors` that mirror the body, array indexes as names. @see Discord docs: reference#error-messages */
export function buildBodyErrorAnswer(bodyErrors: readonly BodyError[]): Answer {
  const errors: ErrorTree = {};
  for (const { path, code, message } of bodyErrors) {
    let node = errors;
    for (const part of path) {
      const next = node[part];
      node = node[part] = next === undefined || Array.isArray(next) ? {} : next;
    }
    const leaves = node['_errors'];
    node['_errors'] = [...(Array.isArray(leaves) ? leaves : []), { code, message }];
  }
  return buildJsonAnswer(400, { message: 'Invalid Form Body', code: 50035, errors });
}

/** Error names of RFC 6749 §4.1.2.1 and §5.2 that the simulator gives. */
export type OAuthErrorName =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type';

/**
 * The token endpoint's error body, which has no numeric code. Only `invalid_client` is a 401.
 * @see RFC 6749 §5.2
 */
export function buildOAuthErrorAnswer(error: OAuthErrorName, description?: string): Answer {
  const body = description === undefined ? { error } : { error, error_description: description };
  return buildJsonAnswer(error === 'invalid_client' ? 401 : 400, body);
}
