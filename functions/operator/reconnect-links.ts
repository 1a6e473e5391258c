import * as z from 'zod/mini';
import { createConnectSession, type CreateConnectSessionDeps } from '../../shared/app/create-connect-session.ts';
import type { IntegrationStore } from '../../shared/app/ports.ts';
import { toRfc3339, type Connection } from '../../shared/domain/connection.ts';
import { isTenantOpen } from '../../shared/domain/tenant-state.ts';
import { scopeList } from '../../shared/http/input-schemas.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import type { Operator } from '../../shared/http/operator-route.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { AUTHORIZE_PATH } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

export type ReconnectLinkDeps = CreateConnectSessionDeps & {
  readonly integrations: IntegrationStore;
  readonly publicBaseUrl: string;
};

const linkBody = z.strictObject({
  return_url: z.string().check(z.minLength(1, 'must not be empty')),
  scopes: z.optional(scopeList),
});

/** Each of them makes something new at Discord when it is asked again: another installation, another webhook. */
const NOT_ASKED_AGAIN = ['bot', 'webhook.incoming'];

/**
 * `POST /operator/connections/{connection_id}/reconnect-links`: a connect link for the user of a connection, to be sent to him. Where his
 * tenant asks for a confirmation, his app makes it. Without `scopes` it asks for those that the connection has, as far as they are
 * enabled.
 */
export async function respondReconnectLink(
  deps: ReconnectLinkDeps,
  request: HttpRequest,
  connection: Connection,
  { actor }: Operator,
): Promise<Result<HttpResponse, Failure>> {
  const body = parseJsonBody(request, linkBody);
  if (!body.ok) return body;
  const { tenantId } = connection;
  const [integration, tenant] = await Promise.all([deps.integrations.load(), deps.tenants.load(tenantId)]);
  if (!isTenantOpen(tenant)) {
    return fail({ reason: 'tenant_conflict', detail: `Tenant ${tenantId} is being deleted.` });
  }
  const kept = connection.scopes.filter(
    (scope) => integration?.scopes.includes(scope) === true && !NOT_ASKED_AGAIN.includes(scope),
  );
  const created = await createConnectSession(deps, { tenantId, actor }, integration, {
    userId: connection.userId,
    connectionId: connection.id,
    returnUrl: body.value.return_url,
    scopes: body.value.scopes ?? kept,
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
}
