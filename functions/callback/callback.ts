import * as z from 'zod/mini';
import { acceptCallback, type AcceptCallbackDeps } from '../../shared/app/accept-callback.ts';
import { confirmConnection } from '../../shared/app/confirm-connection.ts';
import type { CreateUserLinkDeps } from '../../shared/app/create-user-link.ts';
import type { SessionMaker } from '../../shared/app/create-connect-session.ts';
import type { Branding } from '../../shared/domain/branding.ts';
import type { ConnectSession } from '../../shared/domain/connect-session.ts';
import { parseCallbackQuery } from '../../shared/discord/callback-query.ts';
import { toConnectionJson } from '../../shared/domain/connection.ts';
import { SESSION_ID_PATTERN } from '../../shared/domain/ids.ts';
import { authenticateRequest, type AuthenticateDeps } from '../../shared/http/authenticate-request.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler, type Route } from '../../shared/http/http-handler.ts';
import { userIdSchema } from '../../shared/http/input-schemas.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, respondRedirect, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { respondHere } from './respond-here.ts';

export type CallbackDeps = HttpHandlerDeps &
  AcceptCallbackDeps &
  CreateUserLinkDeps &
  AuthenticateDeps &
  OperatorAuthDeps;

const confirmationCode = z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(200, 'is too long'));
const confirmBody = z.strictObject({ confirmation_code: confirmationCode, user_id: userIdSchema });
const confirmTestBody = z.strictObject({ confirmation_code: confirmationCode });

/** The way back from Discord and the app's confirmation: the only function that exchanges codes. */
export function createCallbackHandler(deps: CallbackDeps): LambdaHandler {
  return httpHandler(deps, {
    [ROUTES.callback.callback]: callbackRoute(deps),
    [ROUTES.callback.confirm]: confirmRoute(deps),
    [ROUTES.callback.confirmTest]: confirmTestRoute(deps),
  });
}

function callbackRoute(deps: CallbackDeps): Route {
  return {
    failureStyle: 'page',
    run: async (request) => {
      const query = parseCallbackQuery(request.query);
      if (!query.ok) return query;
      const { cookies, requestId: claimId, deadline } = request;
      let branding: Branding | undefined;
      const accepted = await acceptCallback(deps, {
        query: query.value,
        cookies,
        claimId,
        deadline,
        onBranding: (known) => {
          branding = known;
          request.brand(known);
        },
      });
      if (!accepted.ok) return accepted;
      return ok(
        accepted.value.kind === 'return'
          ? respondRedirect(accepted.value.location)
          : await respondHere(deps, request, accepted.value, branding),
      );
    },
  };
}

function confirmRoute(deps: CallbackDeps): Route {
  return {
    failureStyle: 'problem',
    run: async (request) => {
      const sessionId = request.pathParameters['session_id'] ?? '';
      const isIdPossible = SESSION_ID_PATTERN.test(sessionId);
      const authenticated = await authenticateRequest(deps, request, async (keyId) =>
        isIdPossible
          ? deps.callers.loadKeyAndSession(keyId, sessionId)
          : { key: await deps.callers.loadKey(keyId), session: undefined },
      );
      if (!authenticated.ok) return authenticated;
      const { caller, loaded } = authenticated.value;
      const body = parseJsonBody(request, confirmBody);
      if (!body.ok) return body;
      const input = { confirmationCode: body.value.confirmation_code, userId: body.value.user_id };
      const maker = { tenantId: caller.tenantId, actor: { kind: 'api_key', id: caller.keyId } } as const;
      return respondConfirmed(deps, request, maker, loaded.session, input);
    },
  };
}

/** The operator confirms his own test, for the user that he has made it for. Sessions of apps are none of his business. */
function confirmTestRoute(deps: CallbackDeps): Route {
  return operatorRoute(deps, async (request, { actor }) => {
    const body = parseJsonBody(request, confirmTestBody);
    if (!body.ok) return body;
    const sessionId = request.pathParameters['session_id'] ?? '';
    const session = SESSION_ID_PATTERN.test(sessionId) ? await deps.sessions.load(sessionId) : undefined;
    if (session?.isOperatorTest !== true) return fail({ reason: 'connect_session_not_found' });
    const input = { confirmationCode: body.value.confirmation_code, userId: session.userId };
    return respondConfirmed(deps, request, { tenantId: session.tenantId, actor }, session, input);
  });
}

async function respondConfirmed(
  deps: CallbackDeps,
  request: HttpRequest,
  ...[maker, session, input]: [SessionMaker, ConnectSession | undefined, { confirmationCode: string; userId: string }]
): Promise<Result<HttpResponse, Failure>> {
  const confirmed = await confirmConnection(deps, maker, session, input, request.requestId, request.deadline);
  if (!confirmed.ok) return confirmed;
  request.note({ connection_id: confirmed.value.id });
  return ok(respondJson(200, toConnectionJson(confirmed.value)));
}
