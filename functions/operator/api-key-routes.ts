import * as z from 'zod/mini';
import {
  createApiKey,
  loadApiKeys,
  loadTenants,
  revokeApiKey,
  type TenantDeps,
} from '../../shared/app/operate-tenants.ts';
import type { KeyUseStore } from '../../shared/app/ports.ts';
import { rollApiKey } from '../../shared/app/roll-api-key.ts';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';
import type { ApiKeyRecord } from '../../shared/domain/integration.ts';
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
import { ok, type Result } from '../../shared/result.ts';
import { toApiKeyJson } from './api-key-json.ts';

export type ApiKeyRouteDeps = OperatorAuthDeps & TenantDeps & { readonly keyUses: KeyUseStore };

type Outcome = Promise<Result<HttpResponse, Failure>>;

const entered = z.string().check(z.maxLength(200));

const createBody = z.strictObject({
  tenant_id: entered,
  name: entered,
  actions: z.optional(z.array(entered).check(z.maxLength(200))),
  expires_at: z.optional(
    z.iso.datetime({ offset: true, error: 'must be RFC 3339 with an offset, as 2027-01-31T12:00:00Z' }),
  ),
});

const rollBody = z.strictObject({ overlap_seconds: z.optional(z.int()) });

/** API keys of all tenants. A key itself is in the answer to its making and nowhere else. */
export function apiKeyRoutes(deps: ApiKeyRouteDeps): Readonly<Record<string, Route>> {
  return {
    [ROUTES.operator.listKeys]: operatorRoute(deps, (request) => listKeys(deps, request)),
    [ROUTES.operator.createKey]: operatorRoute(
      deps,
      withoutQuery((request) => createKey(deps, request)),
    ),
    [ROUTES.operator.rollKey]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const body = parseJsonBody(request, rollBody);
        if (!body.ok) return body;
        const rolled = mapOperatorInput(await rollApiKey(deps, readKeyId(request), body.value.overlap_seconds));
        if (!rolled.ok) return rolled;
        const { key, record, replaced } = rolled.value;
        return ok(respondJson(201, { ...toJson(deps, record), key: key.reveal(), replaced: toJson(deps, replaced) }));
      }),
    ),
    [ROUTES.operator.revokeKey]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const revoked = mapOperatorInput(await revokeApiKey(deps, readKeyId(request)));
        return revoked.ok ? ok({ statusCode: 204, body: '' }) : revoked;
      }),
    ),
  };
}

async function listKeys(deps: ApiKeyRouteDeps, request: HttpRequest): Outcome {
  const query = parseQuery(request.query, { tenant_id: z.string() });
  if (!query.ok) return query;
  const { tenant_id: asked } = query.value;
  const tenantIds = asked === undefined ? (await loadTenants(deps)).map(({ tenantId }) => tenantId) : [asked];
  const records: ApiKeyRecord[] = [];
  for (const tenantId of tenantIds) {
    const found = mapOperatorInput(await loadApiKeys(deps, tenantId));
    if (!found.ok) return found;
    records.push(...found.value);
  }
  const uses = await deps.keyUses.load(records.map(({ keyId }) => keyId));
  const now = nowSeconds(deps);
  return ok(respondJson(200, { items: records.map((record) => toApiKeyJson(record, uses.get(record.keyId), now)) }));
}

async function createKey(deps: ApiKeyRouteDeps, request: HttpRequest): Outcome {
  const body = parseJsonBody(request, createBody);
  if (!body.ok) return body;
  const { tenant_id, name, actions, expires_at } = body.value;
  const made = mapOperatorInput(
    await createApiKey(deps, tenant_id, name, {
      ...(actions === undefined ? {} : { actions }),
      ...(expires_at === undefined ? {} : { lifeSeconds: toEpochSeconds(Date.parse(expires_at)) - nowSeconds(deps) }),
    }),
    'body',
  );
  if (!made.ok) return made;
  const { key, record } = made.value;
  return ok(respondJson(201, { ...toJson(deps, record), key: key.reveal() }));
}

function toJson(deps: ApiKeyRouteDeps, record: ApiKeyRecord): Record<string, unknown> {
  return toApiKeyJson(record, undefined, nowSeconds(deps));
}

function readKeyId({ pathParameters }: HttpRequest): string {
  return pathParameters['key_id'] ?? '';
}

function nowSeconds({ clock }: ApiKeyRouteDeps): number {
  return toEpochSeconds(clock.nowEpochMs());
}
