import { Duration } from 'aws-cdk-lib/core';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  Stats,
  TextWidget,
  type IAlarm,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { COUNT, LATENCY, OUTCOMES, REFRESH_COUNT, toRequestCount } from '../../shared/metric-names.ts';
import type { AlarmSources } from './alarms.ts';
import { buildTableMetric, DEFAULT_PERIOD } from './deployment-metrics.ts';

/** What is shown. */
export interface OperationsDashboardProps extends AlarmSources {
  readonly deploymentName: string;
  readonly alarms: readonly IAlarm[];
}

/** Width of half a dashboard, and the height of a graph, in CloudWatch's grid. */
const HALF = { width: 12, height: 6 };

/**
 * The one dashboard, from whoever calls to whatever is called. Without a name of its own: dashboards of all regions share one
 * space of names, and a second deployment would collide.
 */
export class OperationsDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(12) });
    const { deploymentName, runbookUrl, alarms } = props;
    const markdown = `# ${deploymentName}\nWhat each alarm means and what to do: ${runbookUrl}`;
    dashboard.addWidgets(new TextWidget({ markdown, width: 24, height: 2 }));
    dashboard.addWidgets(new AlarmStatusWidget({ alarms: [...alarms], title: 'Alarms', width: 24, height: 5 }));
    for (const [left, right] of [
      buildRequests(props),
      buildFunctions(props),
      buildDiscord(props),
      buildStored(props),
      buildSweep(props),
    ]) {
      dashboard.addWidgets(left, right);
    }
  }
}

type Row = readonly [GraphWidget, GraphWidget];

function buildRequests({ metrics, api }: OperationsDashboardProps): Row {
  const options = { period: DEFAULT_PERIOD };
  return [
    stack(
      'Requests by how they ended',
      OUTCOMES.map((outcome) => metrics.count(toRequestCount(outcome))),
    ),
    lines(
      'API: answers and milliseconds',
      [
        api.metricCount({ ...options, statistic: Stats.SUM }),
        api.metricClientError({ ...options, statistic: Stats.SUM }),
        api.metricServerError({ ...options, statistic: Stats.SUM }),
      ],
      [Stats.p(50), Stats.p(99)].map((statistic) => api.metricLatency({ ...options, statistic })),
    ),
  ];
}

function buildFunctions({ functions, sweep }: OperationsDashboardProps): Row {
  const all = Object.entries(functions);
  // The sweep may take minutes, beside which nobody would see the others.
  const served = all.filter(([, fn]) => fn !== sweep);
  const options = { period: DEFAULT_PERIOD };
  return [
    lines(
      'Functions: milliseconds, p99',
      served.map(([label, { function: fn }]) => fn.metricDuration({ ...options, label, statistic: Stats.p(99) })),
    ),
    lines(
      'Functions: errors and throttles',
      all.flatMap(([name, { function: fn }]) => [
        fn.metricErrors({ ...options, label: `${name} errors` }),
        fn.metricThrottles({ ...options, label: `${name} throttles` }),
      ]),
    ),
  ];
}

function buildDiscord({ metrics }: OperationsDashboardProps): Row {
  return [
    lines(
      'Discord: milliseconds, p50 and p99',
      Object.values(LATENCY).flatMap((name) => [
        metrics.latency(name, Stats.p(50)),
        metrics.latency(name, Stats.p(99)),
      ]),
    ),
    lines(
      'Discord: refused or no answer',
      [COUNT.discordRateLimited, COUNT.discordUnavailable, COUNT.operatorCredentialsRejected].map((name) =>
        metrics.count(name),
      ),
    ),
  ];
}

function buildStored({ metrics, tableName }: OperationsDashboardProps): Row {
  const lost = [
    COUNT.reconnectRequired,
    COUNT.rotatedTokensSpilled,
    COUNT.rotatedTokensUnsaved,
    COUNT.revocationOwed,
    COUNT.unwantedTokensNotRevoked,
    COUNT.tokenAnswerUnkept,
  ];
  const aws = [
    COUNT.storageUnavailable,
    COUNT.keyServiceUnavailable,
    COUNT.secretUnavailable,
    COUNT.sealedDataUnreadable,
    COUNT.awsAccessDenied,
    COUNT.auditUnwritten,
  ];
  return [
    stack(
      'Tokens: refreshes, and what needs a look',
      [...Object.values(REFRESH_COUNT), ...lost].map((name) => metrics.count(name)),
    ),
    lines(
      'AWS: outages and throttles; units consumed',
      [
        ...aws.map((name) => metrics.count(name)),
        buildTableMetric(tableName, 'ReadThrottleEvents'),
        buildTableMetric(tableName, 'WriteThrottleEvents'),
      ],
      ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((name) => buildTableMetric(tableName, name)),
    ),
  ];
}

function buildSweep({ metrics, sweep: { function: fn } }: OperationsDashboardProps): Row {
  const options = { period: DEFAULT_PERIOD };
  return [
    lines('Sweep: runs, and runs that left work undone', [
      fn.metricInvocations({ ...options, label: 'runs' }),
      metrics.count(COUNT.sweepBehind),
    ]),
    lines('Sweep: milliseconds, longest', [
      fn.metricDuration({ ...options, label: 'longest', statistic: Stats.MAXIMUM }),
    ]),
  ];
}

function lines(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ ...HALF, title, left, right });
}

function stack(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ ...HALF, title, left, stacked: true });
}
