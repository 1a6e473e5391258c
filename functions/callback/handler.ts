import { liveEdges } from '../../shared/edges/live.ts';
import { createCallbackHandler } from './callback.ts';

/** `GET /integration-callback` and `POST /connect-sessions/{session_id}/confirm`. */
export const handler = createCallbackHandler(liveEdges());
