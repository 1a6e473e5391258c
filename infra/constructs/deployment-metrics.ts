import { Duration } from 'aws-cdk-lib/core';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { DEPLOYMENT_DIMENSION, METRIC_NAMESPACE, type CountName, type LatencyName } from '../../shared/metric-names.ts';

/** What one value covers, unless an alarm looks at longer times. */
export const DEFAULT_PERIOD = Duration.minutes(5);

/** The metrics of one deployment. */
export class DeploymentMetrics {
  readonly #deploymentName: string;

  constructor(deploymentName: string) {
    this.#deploymentName = deploymentName;
  }

  count(metricName: CountName, period: Duration = DEFAULT_PERIOD): Metric {
    return this.#build(metricName, Stats.SUM, period);
  }

  latency(metricName: LatencyName, statistic: string): Metric {
    return this.#build(metricName, statistic, DEFAULT_PERIOD);
  }

  #build(metricName: string, statistic: string, period: Duration): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      statistic,
      period,
      dimensionsMap: { [DEPLOYMENT_DIMENSION]: this.#deploymentName },
    });
  }
}

/** A sum of DynamoDB's own. By name, since a brought table is not always a construct of the kind that gives metrics. */
export function buildTableMetric(
  tableName: string,
  metricName: string,
  dimensions: Readonly<Record<string, string>> = {},
): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    statistic: Stats.SUM,
    period: DEFAULT_PERIOD,
    dimensionsMap: { TableName: tableName, ...dimensions },
  });
}
