import { catalogue } from '../../shared/catalogue/index.ts';
import { requireRouteGroup } from '../../shared/catalogue/to-routes.ts';
import { liveEdges } from '../../shared/edges/live.ts';
import { createActionsHandler } from '../../shared/http/actions-handler.ts';

/** The catalogue's actions below `/connections/{connection_id}/api/v10/webhooks`: webhooks and what they post. */
export const handler = createActionsHandler(liveEdges(), requireRouteGroup(catalogue, 'webhooks'));
