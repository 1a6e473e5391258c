import * as z from 'zod/mini';
import { acceptCallback, type AcceptCallbackDeps } from '../../shared/app/accept-callback.ts';
import { confirmConnection } from '../../shared/app/confirm-connection.ts';
import { parseCallbackQuery } from '../../shared/discord/callback-query.ts';
import { toConnectionJson } from '../../shared/domain/connection.ts';
import { SESSION_ID_PATTERN } from '../../shared/domain/ids.ts';
import { authenticateRequest, type AuthenticateDeps } from '../../shared/http/authenticate-request.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler, type Route } from '../../shared/http/http-handler.ts';
import { userIdSchema } from '../../shared/http/input-schemas.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { respondJson, respondRedirect } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { ok } from '../../shared/result.ts';

export type CallbackDeps = HttpHandlerDeps & AcceptCallbackDeps & AuthenticateDeps;

const confirmBody = z.strictObject({
  confirmation_code: z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(200, 'is too long')),
  user_id: userIdSchema,
});

/** The way back from Discord and the app's confirmation: the only function that exchanges codes. */
export function createCallbackHandler(deps: CallbackDeps): LambdaHandler {
  return httpHandler(deps, {
    [ROUTES.callback.callback]: callbackRoute(deps),
    [ROUTES.callback.confirm]: confirmRoute(deps),
  });
}

function callbackRoute(deps: CallbackDeps): Route {
  return {
    failureStyle: 'page',
    run: async (request) => {
      const query = parseCallbackQuery(request.query);
      if (!query.ok) return query;
      const accepted = await acceptCallback(deps, query.value, request.cookies, request.requestId, request.deadline);
      return accepted.ok ? ok(respondRedirect(accepted.value.location)) : accepted;
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
      const confirmed = await confirmConnection(
        deps,
        caller,
        loaded.session,
        input,
        request.requestId,
        request.deadline,
      );
      if (!confirmed.ok) return confirmed;
      request.note({ connection_id: confirmed.value.id });
      return ok(respondJson(200, toConnectionJson(confirmed.value)));
    },
  };
}
