import { createLog } from '../../shared/edges/log.ts';
import { readEnv } from '../../shared/env.ts';
import { createPortalHandler } from './portal.ts';

/** `$default`. Needs no table, no key and no secret. */
export const handler = createPortalHandler({ log: createLog(), ...readEnv('publicBaseUrl') });
