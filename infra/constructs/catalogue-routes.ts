import { Construct } from 'constructs';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { toRoutes } from '../../shared/catalogue/to-routes.ts';
import { toConstructId } from './construct-id.ts';
import { ACTION_ACCESS, type FunctionAccess } from './function-access.ts';
import type { GatewayApi } from './http-api.ts';
import type { RouteFunction } from './route-function.ts';

/** The actions, and where their routes and functions go. */
export interface CatalogueRoutesProps {
  readonly api: GatewayApi;
  readonly catalogue: readonly ActionDefinition[];
  /** Makes the function of one group; the folder below `functions/` has the group's name. */
  readonly createFunction: (scope: Construct, id: string, folder: string, access: FunctionAccess) => RouteFunction;
}

/** One function and one route for each group of actions, so that adding an action changes nothing here. */
export class CatalogueRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, catalogue, createFunction }: CatalogueRoutesProps) {
    super(scope, id);
    for (const group of toRoutes(catalogue)) {
      const served = createFunction(this, toConstructId(group.name), group.name, ACTION_ACCESS);
      api.serve(served, { actions: group.routeKey });
    }
  }
}
