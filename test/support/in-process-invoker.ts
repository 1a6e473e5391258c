import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { createAuthorizeHandler } from '../../functions/authorize/authorize.ts';
import { createCallbackHandler } from '../../functions/callback/callback.ts';
import { createConnectionsHandler } from '../../functions/connections/connections.ts';
import { createPortalHandler } from '../../functions/portal/portal.ts';
import type { Invoker } from '../../infra/local/gateway/invoker.ts';
import type { LocalTarget } from '../../infra/local/stack/local-target.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { requireRouteGroup } from '../../shared/catalogue/to-routes.ts';
import { liveEdges, type LiveOverrides } from '../../shared/edges/live.ts';
import { createActionsHandler } from '../../shared/http/actions-handler.ts';
import type { LambdaHandler } from '../../shared/http/http-handler.ts';

/** Handlers in the test's own process, so that clock and log are the test's; everything else is real, on the wire. */
export function createInProcessInvoker(
  target: LocalTarget,
  overrides: LiveOverrides,
): { invoke: Invoker; coldStart(): void } {
  Object.assign(process.env, target.awsEnvironment, target.environment);
  const build = (): Record<string, LambdaHandler> => {
    const deps = liveEdges(overrides);
    return {
      Authorize: createAuthorizeHandler(deps),
      Callback: createCallbackHandler(deps),
      Connections: createConnectionsHandler(deps),
      Portal: createPortalHandler(deps),
      ActionsUsers: createActionsHandler(deps, requireRouteGroup(catalogue, 'users')),
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
