import { liveOperatorEdges } from '../../shared/edges/live.ts';
import { createOperatorHandler } from './operator.ts';

/** `/integration`, `/tenants`, `/api-keys`, `/audit`, `/health` and `/operator`: for the portal and for programs of the operator's. */
export const handler = createOperatorHandler(liveOperatorEdges());
