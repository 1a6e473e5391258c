import { liveEdges } from '../../shared/edges/live.ts';
import { createConnectionsHandler } from './connections.ts';

/** `POST /connect-sessions`, `GET /connections`, `GET` and `DELETE /connections/{connection_id}`. */
export const handler = createConnectionsHandler(liveEdges());
