import * as z from 'zod/mini';
import { createConnectSession, type CreateConnectSessionDeps } from '../../shared/app/create-connect-session.ts';
import { loadOpenTenant } from '../../shared/app/operate-tenants.ts';
import type { IntegrationStore } from '../../shared/app/ports.ts';
import { snowflake } from '../../shared/catalogue/parameters.ts';
import { TEST_RETURN_PATH } from '../../shared/connect-paths.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { permissionBits, scopeList, userIdSchema } from '../../shared/http/input-schemas.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import { mapOperatorInput } from '../../shared/http/operator-input.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import { respondJson } from '../../shared/http/respond.ts';
import { AUTHORIZE_PATH, ROUTES } from '../../shared/http/routes.ts';
import { ok } from '../../shared/result.ts';

export type TestSessionDeps = OperatorAuthDeps &
  CreateConnectSessionDeps & { readonly integrations: IntegrationStore; readonly publicBaseUrl: string };

const DEFAULT_USER = 'test-user';

const body = z.strictObject({
  tenant_id: z.string().check(z.maxLength(200)),
  user_id: z.optional(userIdSchema),
  scopes: z.optional(scopeList),
  permissions: z.optional(permissionBits),
  guild_id: z.optional(snowflake),
});

/**
 * `POST /operator/connect-sessions`: a connect link with which the operator is his own first user. It returns to the portal, which
 * confirms it; no return origin and no API key is needed.
 */
export function testSessionRoutes(deps: TestSessionDeps): Readonly<Record<string, Route>> {
  return {
    [ROUTES.operator.createTestSession]: operatorRoute(deps, async (request, { actor }) => {
      const parsed = parseJsonBody(request, body);
      if (!parsed.ok) return parsed;
      const { tenant_id, user_id = DEFAULT_USER, scopes, permissions, guild_id } = parsed.value;
      const tenant = mapOperatorInput(await loadOpenTenant(deps, tenant_id));
      if (!tenant.ok) return tenant;
      const integration = await deps.integrations.load();
      const created = await createConnectSession(deps, { tenantId: tenant.value.tenantId, actor }, integration, {
        userId: user_id,
        returnUrl: `${deps.publicBaseUrl}${TEST_RETURN_PATH}`,
        isOperatorTest: true,
        ...(scopes === undefined ? {} : { scopes }),
        ...(permissions === undefined ? {} : { permissions }),
        ...(guild_id === undefined ? {} : { guildId: guild_id }),
      });
      if (!created.ok) return created;
      const { sessionId, expiresAtEpochSeconds } = created.value;
      return ok(
        respondJson(201, {
          id: sessionId,
          authorize_url: `${deps.publicBaseUrl}${AUTHORIZE_PATH}?session=${sessionId}`,
          expires_at: toRfc3339(expiresAtEpochSeconds),
        }),
      );
    }),
  };
}
