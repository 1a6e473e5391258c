import type { DiscordAnswer } from '../app/ports.ts';
import { checkConnection } from '../app/check-connection.ts';
import { runAction, type RunActionDeps } from '../app/run-action.ts';
import type { ActionRouteGroup } from '../catalogue/to-routes.ts';
import { RATE_LIMIT_HEADERS } from '../discord/rate-headers.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { parseActionCall } from './action-call.ts';
import { authenticateOnConnection, type AuthenticateDeps } from './authenticate-request.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from './http-handler.ts';
import type { HttpRequest } from './request.ts';
import type { HttpResponse } from './respond.ts';

export type ActionsHandlerDeps = HttpHandlerDeps & RunActionDeps & AuthenticateDeps;

/** Serves one group of catalogue actions: caller, connection and action are checked in this order, before any call to Discord. */
export function createActionsHandler(deps: ActionsHandlerDeps, group: ActionRouteGroup): LambdaHandler {
  const run = async (request: HttpRequest): Promise<Result<HttpResponse, Failure>> => {
    const authenticated = await authenticateOnConnection(deps, request);
    if (!authenticated.ok) return authenticated;
    const { caller, loaded } = authenticated.value;

    const { connection } = loaded;
    const refusal = checkConnection(connection, caller);
    if (refusal !== undefined) return fail(refusal);
    if (connection === undefined) return fail({ reason: 'connection_not_found' });
    request.note({ connection_id: connection.id });

    const call = parseActionCall(group.actions, request.method, request.path, request.query);
    if (!call.ok) return call;
    request.note({ action: call.value.action.id });
    const answer = await runAction(deps, caller, connection, call.value, request.deadline);
    return answer.ok ? ok(respondAnswer(answer.value)) : answer;
  };
  return httpHandler(deps, { [group.routeKey]: { failureStyle: 'discord', run } });
}

/** Discord's answer as it came, with the headers that callers' clients steer by. */
function respondAnswer(answer: DiscordAnswer): HttpResponse {
  const headers: Record<string, string> = {};
  for (const name of ['content-type', ...RATE_LIMIT_HEADERS]) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { statusCode: answer.status, headers, body: Buffer.from(answer.body).toString('utf8') };
}
