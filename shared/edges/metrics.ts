import { Metrics as EmbeddedMetrics } from '@aws-lambda-powertools/metrics';
import type { Metrics } from '../app/ports.ts';
import { FAILURES, METRIC_NAMESPACE } from '../metric-names.ts';

/**
 * Metrics as one line of JSON per request on standard output, and a second one for a failed request, from which CloudWatch makes
 * metrics: no call, no permission.
 * @param deploymentName - tells the metrics of two deployments in one account apart
 * @see CloudWatch docs: Embedded metric format specification
 */
export function createMetrics(deploymentName: string): Metrics {
  const metrics = new EmbeddedMetrics({ namespace: METRIC_NAMESPACE, serviceName: deploymentName });
  return {
    count: (name) => metrics.addMetric(name, 'Count', 1),
    measure: (name, milliseconds) => metrics.addMetric(name, 'Milliseconds', milliseconds),
    // A line of its own: dimensions hold for a whole line, and the other metrics have but one.
    countFailure: (code) => {
      metrics.singleMetric().addDimension(FAILURES.codeDimension, code).addMetric(FAILURES.name, 'Count', 1);
    },
    publish: () => metrics.publishStoredMetrics(),
  };
}
