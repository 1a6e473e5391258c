import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { connectionRoutes } from './connection-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { integrationRoutes } from './integration-routes.ts';
import { revocationRoutes } from './revocation-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { tenantRoutes } from './tenant-routes.ts';
import { testSessionRoutes } from './test-session-routes.ts';

export type OperatorDeps = HttpHandlerDeps &
  Parameters<typeof sessionRoutes>[0] &
  Parameters<typeof integrationRoutes>[0] &
  Parameters<typeof tenantRoutes>[0] &
  Parameters<typeof apiKeyRoutes>[0] &
  Parameters<typeof connectionRoutes>[0] &
  Parameters<typeof testSessionRoutes>[0] &
  Parameters<typeof revocationRoutes>[0] &
  Parameters<typeof auditRoutes>[0] &
  Parameters<typeof healthRoutes>[0];

/** Everything that an operator sees and changes, for the portal and for programs with the operator key. */
export function createOperatorHandler(deps: OperatorDeps): LambdaHandler {
  return httpHandler(deps, {
    ...sessionRoutes(deps),
    ...integrationRoutes(deps),
    ...tenantRoutes(deps),
    ...apiKeyRoutes(deps),
    ...connectionRoutes(deps),
    ...testSessionRoutes(deps),
    ...revocationRoutes(deps),
    ...auditRoutes(deps),
    ...healthRoutes(deps),
  });
}
