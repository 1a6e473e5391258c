import { loadTenants } from '../../shared/app/operate-tenants.ts';
import type { Deadline } from '../../shared/app/ports.ts';
import { revokeStep, type RevokeStepDeps } from '../../shared/app/revoke-in-steps.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { operatorRoute, type Operator } from '../../shared/http/operator-route.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { revocationBody, toRevocationOrder } from './revocation-body.ts';

export type RevocationRoutesDeps = OperatorAuthDeps & RevokeStepDeps;

/** Milliseconds of one call: whoever waits for it sees how far it has come, and the function has time left to answer. */
const CALL_MS = 15_000;

/** Milliseconds that are left for revocations when closing ends, and for what is under way when those end. */
const TIMES = { untilClosingEndsMs: 5_000, untilCallEndsMs: 3_000 };

/** The panic switch. */
export function revocationRoutes(deps: RevocationRoutesDeps): Readonly<Record<string, Route>> {
  return { [ROUTES.operator.revokeAll]: operatorRoute(deps, (request, operator) => revoke(deps, request, operator)) };
}

async function revoke(
  deps: RevocationRoutesDeps,
  request: HttpRequest,
  { actor }: Operator,
): Promise<Result<HttpResponse, Failure>> {
  const deadline = cutShort(request.deadline, CALL_MS);
  const body = parseJsonBody(request, revocationBody);
  if (!body.ok) return body;
  const order = toRevocationOrder(body.value, toEpochSeconds(deps.clock.nowEpochMs()));
  if (!order.ok) return order;
  const { tenantId, startedAtEpochSeconds } = order.value;
  const all = (await loadTenants(deps)).map((tenant) => tenant.tenantId);
  if (tenantId !== undefined && !all.includes(tenantId)) return fail({ reason: 'tenant_not_found' });
  const tenantIds = tenantId === undefined ? all : [tenantId];
  const progress = await revokeStep(deps, { tenantIds, startedAtEpochSeconds, actor }, deadline, TIMES);
  const { isDone, total, closed, revoked, owed, failed, refusedWith } = progress;
  request.note({ total, closed, revoked, owed, failed, is_done: isDone });
  return ok(
    respondJson(200, {
      started_at: toRfc3339(startedAtEpochSeconds),
      is_done: isDone,
      total,
      closed,
      revoked,
      owed,
      failed,
      ...(refusedWith === undefined ? {} : { refused_with: refusedWith }),
    }),
  );
}

/** The same deadline, but no more than this from now on. */
function cutShort(deadline: Deadline, milliseconds: number): Deadline {
  const spareMs = Math.max(0, deadline.remainingMs() - milliseconds);
  return { remainingMs: () => deadline.remainingMs() - spareMs };
}
