/** A failure as the gateway tells it (RFC 9457), as far as pages show it. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly code: string;
  readonly instance?: string;
  readonly retry_after_seconds?: number;
  readonly current_version?: number;
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[];
}

/** The gateway answered, and not with a success. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** There was no answer: no network, or nobody at the other end. */
export class OfflineError extends Error {
  override name = 'OfflineError';
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly data: T;
  readonly headers: Headers;
}

export interface ApiOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Proves that a request comes from this page; known while somebody is signed in. It is nowhere but in memory. */
let csrfToken: string | undefined;

/** Told when the gateway says that nobody is signed in any more. */
let onSignedOut: () => void = () => undefined;

/** Takes over what came with a session. @param signedOut - called when the session turns out to have ended */
export function keepCsrfToken(token: string | undefined, signedOut: () => void): void {
  csrfToken = token;
  onSignedOut = signedOut;
}

/**
 * Calls the settings API with the browser's session.
 * @throws ProblemError · OfflineError · DOMException `AbortError`
 */
export async function call<T>(method: string, path: string, options: ApiOptions = {}): Promise<ApiAnswer<T>> {
  const response = await send(method, path, {
    ...options,
    headers: {
      ...(csrfToken === undefined || method === 'GET' ? {} : { 'x-csrf-token': csrfToken }),
      ...options.headers,
    },
  });
  const text = await response.text();
  const data: unknown = text === '' ? undefined : parseJson(text);
  if (response.ok) return { status: response.status, data: data as T, headers: response.headers };
  const problem = toProblem(response.status, data);
  if (problem.code === 'operator_unauthenticated' && csrfToken !== undefined) {
    csrfToken = undefined;
    onSignedOut();
  }
  throw new ProblemError(problem);
}

/** The answer's body, for pages that need nothing else of it. */
export async function load<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>('GET', path, signal === undefined ? {} : { signal })).data;
}

/** One request without the session's proof, for calls that carry a token of their own. @throws OfflineError */
export async function send(method: string, path: string, { body, headers, signal }: ApiOptions): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new OfflineError('no answer');
  }
}

/** Builds a query string of what is there; empty texts are left out. */
export function toQuery(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** API Gateway's own refusals (throttled, too large) are no problems in the sense of RFC 9457. */
function toProblem(status: number, data: unknown): Problem {
  if (typeof data === 'object' && data !== null && 'code' in data && 'title' in data) return data as Problem;
  return {
    status,
    code: `http_${status}`,
    title: status === 429 ? 'Too many requests at once' : 'The gateway did not answer as expected',
    detail: 'Wait a moment, then try again.',
  };
}
