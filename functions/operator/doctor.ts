import { checkConnection } from '../../shared/app/check-connection.ts';
import type { DecideActionDeps } from '../../shared/app/decide-action.ts';
import { explainActions, type ActionExplanation } from '../../shared/app/explain-actions.ts';
import type { AuthorityPlace } from '../../shared/authority/check-authority.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toResource } from '../../shared/catalogue/resource.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { toDecisionJson } from '../../shared/http/decision-json.ts';
import { parsePlaceQuery } from '../../shared/http/place-query.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';

/**
 * `GET /operator/connections/{connection_id}/actions`: for every action whether it would work now, and if not, why and who can
 * mend it. The limits of API keys are left out: they are the app's, not the connection's.
 */
export async function respondDoctor(
  deps: DecideActionDeps & { readonly publicBaseUrl: string },
  request: HttpRequest,
  connection: Connection,
): Promise<Result<HttpResponse, Failure>> {
  const place = parsePlaceQuery(request.query);
  if (!place.ok) return place;
  const explained = await explain(deps, request, connection, place.value);
  const items = explained.map(({ action, decision, dependsOn }) => {
    const { would_work: isAllowed, problems } = toDecisionJson(decision, deps.publicBaseUrl, request.requestId);
    const mender = problems[0]?.mended_by;
    return {
      action: action.id,
      group: toResource(action),
      summary: action.summary,
      effect: action.effect,
      credential: action.credential,
      is_allowed: isAllowed,
      would_work: isAllowed,
      problems,
      ...(mender === undefined ? {} : { mended_by: mender }),
      depends_on: dependsOn,
    };
  });
  return ok(respondJson(200, { items }));
}

/** Of a connection that cannot be used at all each action is told by that: Discord is not asked for it. */
async function explain(
  deps: DecideActionDeps,
  request: HttpRequest,
  connection: Connection,
  place: AuthorityPlace,
): Promise<readonly ActionExplanation[]> {
  const caller = { tenantId: connection.tenantId, keyId: 'operator' };
  const refusal = checkConnection(connection, caller);
  if (refusal === undefined) return explainActions(deps, caller, connection, catalogue, place, request.deadline);
  return catalogue.map((action) => ({ action, decision: { failures: [refusal] }, dependsOn: [] }));
}
