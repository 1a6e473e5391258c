import { countFailure, type SignInLimitDeps } from '../app/sign-in-limit.ts';
import type { OperatorStore } from '../app/ports.ts';
import { parseApiKey } from '../domain/api-key.ts';
import { parseConnectionToken } from '../domain/connection-token.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { isSameDigest, sha256Hex } from '../domain/hash.ts';
import { isOperatorKey } from '../domain/operator-key.ts';
import {
  buildCsrfToken,
  isOperatorSessionId,
  isOperatorSessionLive,
  OPERATOR_COOKIE,
} from '../domain/operator-session.ts';
import { computeSignInWait, toAddressGroup } from '../domain/sign-in-tries.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { parseBearer } from './bearer.ts';
import type { Operator } from './operator.ts';
import { isFromOwnOrigin } from './own-origin.ts';
import type { HttpRequest } from './request.ts';

export interface OperatorAuthDeps extends SignInLimitDeps {
  readonly publicBaseUrl: string;
  readonly operators: OperatorStore;
}

const ACTOR = { kind: 'operator' } as const;

/** Header in which the portal's script sends what it was given at sign-in. */
const CSRF_HEADER = 'x-csrf-token';

/** Methods that change nothing. */
const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * Who is asking, by operator key or session cookie. An `Authorization` header decides alone: it was set on purpose, a cookie comes
 * along by itself. One read for each request, and no write unless a key is wrong.
 */
export async function authenticateOperator(
  deps: OperatorAuthDeps,
  request: HttpRequest,
): Promise<Result<Operator, Failure>> {
  const authorization = request.headers['authorization'] ?? '';
  const operator = authorization === '' ? await findBySession(deps, request) : await findByKey(deps, request);
  if (operator.ok) request.note({ operator: operator.value.by });
  return operator;
}

async function findByKey(deps: OperatorAuthDeps, request: HttpRequest): Promise<Result<Operator, Failure>> {
  const presented = parseBearer(request.headers['authorization']);
  if (!presented.ok) return fail({ reason: 'operator_unauthenticated' });
  const isOfApp = parseApiKey(presented.value) !== undefined || parseConnectionToken(presented.value) !== undefined;
  if (isOfApp) return fail({ reason: 'operator_only' });
  const address = toAddressGroup(request.sourceIp);
  const { operator, tries } = await deps.operators.loadWithTries(address);
  const wait = computeSignInWait(tries, toEpochSeconds(deps.clock.nowEpochMs()));
  if (wait !== undefined) return fail({ reason: 'sign_in_attempts_exceeded', retryAfterSeconds: wait });
  if (operator === undefined || !isOperatorKey(presented.value, operator)) {
    return fail(await countFailure(deps, address, 'bearer'));
  }
  return ok({ actor: ACTOR, by: 'key', generation: operator.generation });
}

async function findBySession(deps: OperatorAuthDeps, request: HttpRequest): Promise<Result<Operator, Failure>> {
  const sessionId = request.cookies.get(OPERATOR_COOKIE);
  if (!isOperatorSessionId(sessionId)) return fail({ reason: 'operator_unauthenticated' });
  const hash = sha256Hex(sessionId);
  const { operator, session } = await deps.operators.loadWithSession(hash);
  const now = toEpochSeconds(deps.clock.nowEpochMs());
  if (operator === undefined || session === undefined || !isOperatorSessionLive(session, hash, operator, now)) {
    return fail({ reason: 'operator_unauthenticated' });
  }
  const csrfToken = buildCsrfToken(sessionId);
  if (!isOwnRequest(deps, request, csrfToken)) return fail({ reason: 'request_forged' });
  const { expiresAtEpochSeconds } = session;
  return ok({
    actor: ACTOR,
    by: 'session',
    generation: operator.generation,
    session: { hash, csrfToken, expiresAtEpochSeconds },
  });
}

/** What changes something must come from our own page; what is only read may also be typed into the address bar. */
function isOwnRequest({ publicBaseUrl }: OperatorAuthDeps, request: HttpRequest, csrfToken: string): boolean {
  if (!SAFE_METHODS.has(request.method)) {
    return isFromOwnOrigin(request, publicBaseUrl) && isSameDigest(request.headers[CSRF_HEADER] ?? '', csrfToken);
  }
  return request.headers['sec-fetch-site'] === 'none' || isFromOwnOrigin(request, publicBaseUrl);
}
