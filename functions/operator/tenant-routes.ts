import * as z from 'zod/mini';
import { loadTenantStatus, loadTenantStatuses, type TenantStatusDeps } from '../../shared/app/load-tenant-status.ts';
import { createTenant, loadTenant, setConfirmation, type TenantDeps } from '../../shared/app/operate-tenants.ts';
import { beginKeyRotation, type RotateKeyDeps } from '../../shared/app/rotate-tenant-key.ts';
import {
  beginDeletion,
  revokeAllKeys,
  type BeginDeletionDeps,
} from '../../shared/app/tenant-deletion/begin-deletion.ts';
import type { Tenant } from '../../shared/domain/integration.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { mapOperatorInput } from '../../shared/http/operator-input.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import { parseQuery } from '../../shared/http/parse-query.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { withoutQuery } from '../../shared/http/without-query.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { guildRoutes, type GuildRouteDeps } from './guild-routes.ts';
import { toTenantJson } from './tenant-json.ts';

export type TenantRouteDeps = OperatorAuthDeps &
  TenantDeps &
  TenantStatusDeps &
  RotateKeyDeps &
  BeginDeletionDeps &
  GuildRouteDeps;

type Outcome = Promise<Result<HttpResponse, Failure>>;

const ENTERED = z.string().check(z.maxLength(200));
const createBody = z.strictObject({ id: ENTERED });
const changeBody = z.strictObject({ is_confirmation_required: z.boolean() });
const emptyBody = z.strictObject({});

/** Tenants and their guilds. */
export function tenantRoutes(deps: TenantRouteDeps): Readonly<Record<string, Route>> {
  return {
    [ROUTES.operator.listTenants]: operatorRoute(
      deps,
      withoutQuery(async () => ok(respondJson(200, { items: (await loadTenantStatuses(deps)).map(toTenantJson) }))),
    ),
    [ROUTES.operator.createTenant]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const body = parseJsonBody(request, createBody);
        if (!body.ok) return body;
        return respondTenant(deps, 201, mapOperatorInput(await createTenant(deps, body.value.id)));
      }),
    ),
    [ROUTES.operator.readTenant]: operatorRoute(
      deps,
      withoutQuery(async (request) => respondTenant(deps, 200, await findTenant(deps, request))),
    ),
    [ROUTES.operator.changeTenant]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const body = parseJsonBody(request, changeBody);
        if (!body.ok) return body;
        const changed = await setConfirmation(deps, readTenantId(request), body.value.is_confirmation_required);
        return respondTenant(deps, 200, mapOperatorInput(changed));
      }),
    ),
    [ROUTES.operator.deleteTenant]: operatorRoute(deps, (request) => deleteTenant(deps, request)),
    [ROUTES.operator.rotateTenantKey]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const body = parseJsonBody(request, emptyBody);
        if (!body.ok) return body;
        const begun = mapOperatorInput(await beginKeyRotation(deps, readTenantId(request)));
        if (!begun.ok) return begun;
        return ok(respondJson(201, { key_id: begun.value.keyId, is_resumed: begun.value.isResumed }));
      }),
    ),
    ...guildRoutes(deps),
  };
}

/** The same as the operator's command, as far as a request goes: marked and its keys refused at once, the rest by the sweep. */
async function deleteTenant(deps: TenantRouteDeps, request: HttpRequest): Outcome {
  const query = parseQuery(request.query, { confirm: z.string() });
  if (!query.ok) return query;
  const tenant = await findTenant(deps, request);
  if (!tenant.ok) return tenant;
  if (query.value.confirm !== tenant.value.tenantId) {
    const detail = 'must repeat the id of the tenant: what goes with it cannot be brought back';
    return fail({ reason: 'input_invalid', errors: [{ parameter: 'confirm', detail }] });
  }
  const marked = await beginDeletion(deps, tenant.value);
  await revokeAllKeys(deps, marked.tenantId);
  return respondTenant(deps, 202, ok(marked));
}

async function findTenant(deps: TenantRouteDeps, request: HttpRequest): Promise<Result<Tenant, Failure>> {
  return mapOperatorInput(await loadTenant(deps, readTenantId(request)));
}

function readTenantId({ pathParameters }: HttpRequest): string {
  return pathParameters['tenant_id'] ?? '';
}

async function respondTenant(deps: TenantRouteDeps, statusCode: number, tenant: Result<Tenant, Failure>): Outcome {
  if (!tenant.ok) return tenant;
  return ok(respondJson(statusCode, toTenantJson(await loadTenantStatus(deps, tenant.value))));
}
