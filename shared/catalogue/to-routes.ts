import type { ActionDefinition } from './action.ts';

/** Below a connection, actions keep Discord's own paths, its version prefix included. */
export const ACTIONS_PREFIX = '/connections/{connection_id}/api/v10';

/** One Lambda per first path segment of Discord's API (`users`, `guilds`, …). */
export interface ActionRouteGroup {
  /** First segment of Discord's path; also the folder below `functions/`. */
  readonly name: string;
  /** API Gateway route key. ANY and greedy: method and path are checked inside, so that refusals are clear problems. */
  readonly routeKey: string;
  readonly actions: readonly ActionDefinition[];
}

/** First segment of an action's path, which names its Lambda. */
function groupName(action: ActionDefinition): string {
  return action.path.split('/')[1] ?? '';
}

/** Groups the catalogue's actions by the Lambda that serves them, in catalogue order. */
export function toRoutes(catalogue: readonly ActionDefinition[]): ActionRouteGroup[] {
  const names = [...new Set(catalogue.map(groupName))];
  return names.map((name) => ({
    name,
    routeKey: `ANY ${ACTIONS_PREFIX}/${name}/{discord_path+}`,
    actions: catalogue.filter((action) => groupName(action) === name),
  }));
}

/** The group of one Lambda. @throws Error when the catalogue has none of that name */
export function requireRouteGroup(catalogue: readonly ActionDefinition[], name: string): ActionRouteGroup {
  const group = toRoutes(catalogue).find((candidate) => candidate.name === name);
  if (group === undefined) throw new Error(`the catalogue has no action below /${name}`);
  return group;
}
