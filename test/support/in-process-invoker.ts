import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { createAuthorizeHandler } from '../../functions/authorize/authorize.ts';
import { createCallbackHandler } from '../../functions/callback/callback.ts';
import { createConnectionsHandler } from '../../functions/connections/connections.ts';
import { createMaintenanceHandler, type MaintenanceHandler } from '../../functions/maintenance/maintenance.ts';
import { createOperatorHandler } from '../../functions/operator/operator.ts';
import { createPortalHandler } from '../../functions/portal/portal.ts';
import type { Gateway } from '../../infra/local/gateway/start-gateway.ts';
import type { Invoker } from '../../infra/local/gateway/invoker.ts';
import type { LocalTarget } from '../../infra/local/stack/local-target.ts';
import { runSweep } from '../../shared/app/sweep/run-sweep.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toRoutes } from '../../shared/catalogue/to-routes.ts';
import { liveEdges, liveOperatorEdges, type LiveOverrides } from '../../shared/edges/live.ts';
import { createActionsHandler } from '../../shared/http/actions-handler.ts';
import type { LambdaHandler } from '../../shared/http/http-handler.ts';
import { loadBuiltPortal } from './portal-files.ts';
import { createRoleClients } from './role-clients.ts';

/**
 * Handlers in the test's own process, so that clock and log are the test's; everything else is real, on the wire. They share their
 * edges and may do everything, but for the sweep: it has what one of its own sandboxes would have, its role's permissions included.
 * @param functions - with their credentials; absent: the sweep may do everything, too
 */
export function createInProcessInvoker(
  target: LocalTarget,
  overrides: LiveOverrides,
  functions?: Gateway['functions'],
): { invoke: Invoker; coldStart(): void } {
  Object.assign(process.env, target.awsEnvironment, target.environment);
  const aws = functions && createRoleClients(functions, 'Maintenance', overrides.maxAwsCallMs);
  const build = (): Record<string, LambdaHandler | MaintenanceHandler> => {
    const deps = liveOperatorEdges(overrides);
    // Its files are known to a test only; processes of their own never ask for a page.
    const servePortal: LambdaHandler = (event, context) => createPortalHandler(deps, loadBuiltPortal())(event, context);
    return {
      Authorize: createAuthorizeHandler(deps),
      Callback: createCallbackHandler(deps),
      Connections: createConnectionsHandler(deps),
      Maintenance: createMaintenanceHandler(aws ? liveEdges({ ...overrides, aws }) : deps, runSweep),
      Operator: createOperatorHandler(deps),
      Portal: servePortal,
      ...Object.fromEntries(
        toRoutes(catalogue).map((group) => [
          `Actions${group.name.charAt(0).toUpperCase()}${group.name.slice(1)}`,
          createActionsHandler(deps, group),
        ]),
      ),
    };
  };
  let handlers = build();
  return {
    invoke: (functionLogicalId, event, context) => {
      const name = Object.keys(handlers).find((prefix) => functionLogicalId.startsWith(`${prefix}Function`));
      const handler = handlers[name ?? ''];
      if (handler === undefined) throw new Error(`no handler for ${functionLogicalId}`);
      return handler(event as APIGatewayProxyEventV2, context as Context);
    },
    coldStart: () => {
      handlers = build();
    },
  };
}
