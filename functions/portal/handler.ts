import { createLog } from '../../shared/edges/log.ts';
import { createMetrics } from '../../shared/edges/metrics.ts';
import { readEnv } from '../../shared/env.ts';
import { loadPortalFiles } from './portal-files.ts';
import { createPortalHandler } from './portal.ts';

const { publicBaseUrl, deploymentName, taskRoot } = readEnv('publicBaseUrl', 'deploymentName', 'taskRoot');

/** `/portal`, `/reference`, `/openapi.json`, and `$default`. Needs no table, no key and no secret. */
export const handler = createPortalHandler(
  { log: createLog(deploymentName), metrics: createMetrics(deploymentName), publicBaseUrl },
  loadPortalFiles(taskRoot),
);
