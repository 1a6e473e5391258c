import { checkConnection } from '../app/check-connection.ts';
import { runAction, type ActionOutcome, type RunActionDeps } from '../app/run-action.ts';
import type { ActionCall } from '../app/action-call.ts';
import type { ActionRouteGroup } from '../catalogue/to-routes.ts';
import type { Connection } from '../domain/connection.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { authenticateOnConnection, type AuthenticateDeps } from './authenticate-request.ts';
import { toDecisionJson } from './decision-json.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from './http-handler.ts';
import { parseCall } from './parse-call.ts';
import type { HttpRequest } from './request.ts';
import { respondAnswer } from './respond-answer.ts';
import { respondJson, type HttpResponse } from './respond.ts';

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

    const call = parseCall(group.actions, request);
    if (!call.ok) return call;
    request.note({ action: call.value.action.id });
    const outcome = await runAction(deps, caller, connection, call.value, request.deadline);
    return outcome.ok ? ok(respond(deps, request, connection, call.value, outcome.value)) : outcome;
  };
  return httpHandler(deps, { [group.routeKey]: { failureStyle: 'discord', run } });
}

function respond(
  deps: HttpHandlerDeps,
  request: HttpRequest,
  connection: Connection,
  call: ActionCall,
  outcome: ActionOutcome,
): HttpResponse {
  if (outcome.kind === 'answered') return respondAnswer(deps, request, connection, call, outcome);
  const decided = toDecisionJson(outcome.decision, deps.publicBaseUrl, request.requestId);
  return respondJson(200, { dry_run: true, action: call.action.id, ...decided });
}
