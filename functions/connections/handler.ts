import { liveEdges } from '../../shared/edges/live.ts';
import { createConnectionsHandler } from './connections.ts';

/** `POST /connect-sessions`, `GET /connections`, `/connections/{connection_id}…` but its actions, `/my/connection…`. */
export const handler = createConnectionsHandler(liveEdges());
