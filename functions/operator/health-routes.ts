import * as z from 'zod/mini';
import { HEALTH_PERIODS, type HealthPeriod } from '../../shared/app/health-figures.ts';
import { loadHealth, type LoadHealthDeps } from '../../shared/app/load-health.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import { parseQuery } from '../../shared/http/parse-query.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { toHealthJson } from './health-json.ts';

export type HealthRoutesDeps = OperatorAuthDeps & LoadHealthDeps;

const PERIODS = Object.keys(HEALTH_PERIODS) as HealthPeriod[];
const PARAMETERS = { period: z.enum(PERIODS, `must be one of ${PERIODS.join(', ')}`) };

/** How the installation gets on. */
export function healthRoutes(deps: HealthRoutesDeps): Readonly<Record<string, Route>> {
  return { [ROUTES.operator.readHealth]: operatorRoute(deps, (request) => readHealth(deps, request)) };
}

async function readHealth(deps: HealthRoutesDeps, request: HttpRequest): Promise<Result<HttpResponse, Failure>> {
  const parsed = parseQuery(request.query, PARAMETERS);
  if (!parsed.ok) return parsed;
  const { period = 'hour' } = parsed.value;
  return ok(respondJson(200, toHealthJson(period, await loadHealth(deps, period))));
}
