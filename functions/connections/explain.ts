import type { Caller } from '../../shared/app/authenticate.ts';
import { checkConnection } from '../../shared/app/check-connection.ts';
import type { DecideActionDeps } from '../../shared/app/decide-action.ts';
import { explainActions } from '../../shared/app/explain-actions.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { toDecisionJson } from '../../shared/http/decision-json.ts';
import { parsePlaceQuery } from '../../shared/http/place-query.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** `GET /connections/{connection_id}/actions`: which actions would work now, and what stands against the others. */
export async function respondExplanations(
  deps: DecideActionDeps & { readonly publicBaseUrl: string },
  request: HttpRequest,
  caller: Caller,
  connection: Connection,
): Promise<Result<HttpResponse, Failure>> {
  const place = parsePlaceQuery(request.query);
  if (!place.ok) return place;
  const refusal = checkConnection(connection, caller);
  if (refusal !== undefined) return fail(refusal);
  const explained = await explainActions(deps, caller, connection, catalogue, place.value, request.deadline);
  const items = explained.map(({ action, decision, dependsOn }) => ({
    action: action.id,
    ...toDecisionJson(decision, deps.publicBaseUrl, request.requestId),
    depends_on: dependsOn,
  }));
  return ok(respondJson(200, { items }));
}
