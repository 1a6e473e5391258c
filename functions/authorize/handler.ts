import { liveStorage } from '../../shared/edges/live.ts';
import { createAuthorizeHandler } from './authorize.ts';

/** `GET /authorize`. Reaches neither the token key nor the client secret. */
export const handler = createAuthorizeHandler(liveStorage());
