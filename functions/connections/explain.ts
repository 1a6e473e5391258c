import type { Caller } from '../../shared/app/authenticate.ts';
import { checkConnection } from '../../shared/app/check-connection.ts';
import type { DecideActionDeps } from '../../shared/app/decide-action.ts';
import { explainActions } from '../../shared/app/explain-actions.ts';
import type { AuthorityPlace } from '../../shared/authority/check-authority.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { snowflake } from '../../shared/catalogue/parameters.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { toDecisionJson } from '../../shared/http/decision-json.ts';
import { findParameterFaults } from '../../shared/http/known-parameters.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import type { Failure, InputFailure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

const PARAMETERS = ['guild_id', 'channel_id'] as const;

/** `GET /connections/{connection_id}/actions`: which actions would work now, and what stands against the others. */
export async function respondExplanations(
  deps: DecideActionDeps & { readonly publicBaseUrl: string },
  request: HttpRequest,
  caller: Caller,
  connection: Connection,
): Promise<Result<HttpResponse, Failure>> {
  const place = parsePlace(request.query);
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

function parsePlace(query: URLSearchParams): Result<AuthorityPlace, InputFailure> {
  const errors = findParameterFaults(query, PARAMETERS);
  for (const parameter of PARAMETERS) {
    const parsed = snowflake.safeParse(query.get(parameter) ?? undefined);
    if (query.has(parameter) && !parsed.success) {
      errors.push({ parameter, detail: parsed.error.issues[0]?.message ?? 'is not valid' });
    }
  }
  if (errors.length > 0) return fail({ reason: 'input_invalid', errors });
  const [guildId, channelId] = [query.get('guild_id'), query.get('channel_id')];
  return ok({ ...(guildId === null ? {} : { guildId }), ...(channelId === null ? {} : { channelId }) });
}
