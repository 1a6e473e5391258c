import * as z from 'zod/mini';
import {
  endAllSessions,
  rollOperatorKey,
  setUpOperator,
  signIn,
  signOut,
  type SetUpDeps,
  type SignedIn,
} from '../../shared/app/operator-sessions.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import { sha256Hex } from '../../shared/domain/hash.ts';
import {
  isOperatorSessionId,
  OPERATOR_COOKIE,
  OPERATOR_SESSION_SECONDS,
} from '../../shared/domain/operator-session.ts';
import { toAddressGroup } from '../../shared/domain/sign-in-tries.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { findParameterFaults } from '../../shared/http/known-parameters.ts';
import { operatorRoute, type Operator } from '../../shared/http/operator-route.ts';
import { isFromOwnOrigin } from '../../shared/http/own-origin.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { CALLBACK_PATH, ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { VERSION } from '../../shared/version.ts';

export type SessionRouteDeps = OperatorAuthDeps & SetUpDeps & { readonly discordBaseUrl: string };

type Outcome = Promise<Result<HttpResponse, Failure>>;

const setUpBody = z.strictObject({ setup_code: z.string() });
const signInBody = z.strictObject({ operator_key: z.string() });
const noBody = z.strictObject({});

/** `Strict`: nothing that another site does brings it along. Who comes from elsewhere loads the portal, whose script then has it. */
const COOKIE_ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Set-up, sign-in and everything about sessions and the operator key. */
export function sessionRoutes(deps: SessionRouteDeps): Readonly<Record<string, Route>> {
  const routes = ROUTES.operator;
  const checked = (run: (request: HttpRequest, operator: Operator) => Outcome): Route =>
    operatorRoute(deps, async (request, operator) => {
      const errors = findParameterFaults(request.query, []);
      if (errors.length > 0) return fail({ reason: 'input_invalid', errors });
      const body = request.body.byteLength === 0 ? ok({}) : parseJsonBody(request, noBody);
      return body.ok ? run(request, operator) : body;
    });
  return {
    [routes.setUp]: { failureStyle: 'problem', run: (request) => respondSetUp(deps, request) },
    [routes.signIn]: { failureStyle: 'problem', run: (request) => respondSignIn(deps, request) },
    [routes.readSession]: checked((_request, operator) => Promise.resolve(ok(respondSession(deps, operator)))),
    [routes.signOut]: checked(async (_request, { session }) => {
      if (session !== undefined) await signOut(deps, session.hash);
      return ok(respondSignedOut());
    }),
    [routes.endSessions]: checked(async () => {
      await endAllSessions(deps);
      return ok(respondSignedOut());
    }),
    [routes.rollOperatorKey]: checked(async (_request, operator) => {
      const rolled = await rollOperatorKey(deps, operator.generation, operator.session?.hash);
      // The one place where a rolled key is given out.
      return rolled.ok ? ok(respondJson(201, { operator_key: rolled.value.reveal() })) : rolled;
    }),
  };
}

async function respondSetUp(deps: SessionRouteDeps, request: HttpRequest): Outcome {
  const body = parseOwnBody(deps, request, setUpBody);
  if (!body.ok) return body;
  const made = await setUpOperator(deps, toAddressGroup(request.sourceIp), body.value.setup_code.trim());
  if (!made.ok) return made;
  endEarlierSession(deps, request);
  // The one place where the first key is given out.
  const json = { operator_key: made.value.key.reveal(), session: toSessionJson(made.value) };
  return ok({ ...respondJson(201, json), cookies: [buildCookie(made.value)] });
}

async function respondSignIn(deps: SessionRouteDeps, request: HttpRequest): Outcome {
  const body = parseOwnBody(deps, request, signInBody);
  if (!body.ok) return body;
  const signedIn = await signIn(deps, toAddressGroup(request.sourceIp), body.value.operator_key.trim());
  if (!signedIn.ok) return signedIn;
  endEarlierSession(deps, request);
  return ok({ ...respondJson(201, toSessionJson(signedIn.value)), cookies: [buildCookie(signedIn.value)] });
}

/** Another site must not be able to sign a browser in, either. */
function parseOwnBody<T>(
  { publicBaseUrl }: SessionRouteDeps,
  request: HttpRequest,
  schema: z.ZodMiniType<T>,
): Result<T, Failure> {
  if (!isFromOwnOrigin(request, publicBaseUrl)) return fail({ reason: 'request_forged' });
  const errors = findParameterFaults(request.query, []);
  if (errors.length > 0) return fail({ reason: 'input_invalid', errors });
  return parseJsonBody(request, schema);
}

/** The cookie is about to be replaced: what it held must not live on somewhere else. */
function endEarlierSession({ operators }: SessionRouteDeps, request: HttpRequest): void {
  const earlier = request.cookies.get(OPERATOR_COOKIE);
  if (isOperatorSessionId(earlier)) request.alongside(operators.endSession(sha256Hex(earlier)));
}

function respondSession({ publicBaseUrl, discordBaseUrl }: SessionRouteDeps, { session }: Operator): HttpResponse {
  return respondJson(200, {
    csrf_token: session?.csrfToken ?? null,
    expires_at: session === undefined ? null : toRfc3339(session.expiresAtEpochSeconds),
    public_base_url: publicBaseUrl,
    redirect_uri: `${publicBaseUrl}${CALLBACK_PATH}`,
    discord_base_url: discordBaseUrl,
    version: VERSION,
  });
}

function toSessionJson({ csrfToken, expiresAtEpochSeconds }: SignedIn) {
  return { csrf_token: csrfToken, expires_at: toRfc3339(expiresAtEpochSeconds) };
}

function buildCookie({ sessionId }: SignedIn): string {
  return `${OPERATOR_COOKIE}=${sessionId.reveal()}; Max-Age=${OPERATOR_SESSION_SECONDS}; ${COOKIE_ATTRIBUTES}`;
}

function respondSignedOut(): HttpResponse {
  return { statusCode: 204, cookies: [`${OPERATOR_COOKIE}=; Max-Age=0; ${COOKIE_ATTRIBUTES}`] };
}
