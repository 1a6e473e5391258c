import { liveEdges } from '../../shared/edges/live.ts';
import { runSweep } from '../../shared/app/sweep/run-sweep.ts';
import { createMaintenanceHandler } from './maintenance.ts';

/** Started by the schedule, every five minutes. */
export const handler = createMaintenanceHandler(liveEdges(), runSweep);
