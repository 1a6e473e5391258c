import { Metrics as EmbeddedMetrics } from '@aws-lambda-powertools/metrics';
import type { Metrics } from '../app/ports.ts';
import { METRIC_NAMESPACE } from '../metric-names.ts';

/**
 * Metrics as one line of JSON per request on standard output, from which CloudWatch makes metrics: no call, no permission.
 * @param deploymentName - tells the metrics of two deployments in one account apart
 * @see CloudWatch docs: Embedded metric format specification
 */
export function createMetrics(deploymentName: string): Metrics {
  const metrics = new EmbeddedMetrics({ namespace: METRIC_NAMESPACE, serviceName: deploymentName });
  return {
    count: (name) => metrics.addMetric(name, 'Count', 1),
    measure: (name, milliseconds) => metrics.addMetric(name, 'Milliseconds', milliseconds),
    publish: () => metrics.publishStoredMetrics(),
  };
}
