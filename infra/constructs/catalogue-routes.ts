import { Construct } from 'constructs';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { toRoutes, type ActionRouteGroup } from '../../shared/catalogue/to-routes.ts';
import { toConstructId } from './construct-id.ts';
import { USER_ACTION_ACCESS, type FunctionAccess } from './function-access.ts';
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
      const served = createFunction(this, toConstructId(group.name), group.name, toAccess(group));
      api.serve(served, { actions: group.routeKey });
    }
  }
}

/** Access follows from the credentials that a group's actions use. */
function toAccess(group: ActionRouteGroup): FunctionAccess {
  const foreign = group.actions.find((action) => action.credential !== 'user');
  if (foreign)
    throw new Error(`${foreign.id}: no access is defined for actions with the ${foreign.credential} credential`);
  return USER_ACTION_ACCESS;
}
