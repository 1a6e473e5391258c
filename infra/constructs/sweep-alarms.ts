import { Duration } from 'aws-cdk-lib/core';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { COUNT } from '../../shared/metric-names.ts';
import type { DeploymentMetrics } from './deployment-metrics.ts';
import type { RouteFunction } from './route-function.ts';
import type { PlannedAlarm } from './runbook-alarm.ts';

/** What the sweep must do, since nobody notices at once when it doesn't. */
export function planSweepAlarms(sources: {
  readonly metrics: DeploymentMetrics;
  readonly sweep: RouteFunction;
}): Record<string, PlannedAlarm> {
  return {
    SweepBehind: {
      heading: 'The sweep falls behind',
      meaning: 'For half an hour most sweeps have left work undone whose time had come.',
      // Six sweeps: one that is behind after an outage and then catches up is none of anybody's business.
      metric: sources.metrics.count(COUNT.sweepBehind, Duration.minutes(30)),
      threshold: 4,
    },
    SweepMissing: {
      heading: 'The sweep does not run',
      meaning: 'For half an hour the scheduled function has not been started.',
      metric: sources.sweep.function.metricInvocations({ period: Duration.minutes(15), statistic: Stats.SUM }),
      threshold: 1,
      isMinimum: true,
      periods: 2,
    },
  };
}
