import { Duration } from 'aws-cdk-lib/core';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Stats, type IAlarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { COUNT, REFRESH_COUNT } from '../../shared/metric-names.ts';
import { TABLE } from '../../shared/table.ts';
import { buildTableMetric, DEFAULT_PERIOD, type DeploymentMetrics } from './deployment-metrics.ts';
import type { RouteFunction } from './route-function.ts';
import { RunbookAlarm, type AlarmTarget, type PlannedAlarm } from './runbook-alarm.ts';
import { planSweepAlarms } from './sweep-alarms.ts';

/** What the alarms look at, and who is told. */
export interface AlarmSources extends AlarmTarget {
  readonly metrics: DeploymentMetrics;
  readonly functions: Readonly<Record<string, RouteFunction>>;
  /** The scheduled one of `functions`. */
  readonly sweep: RouteFunction;
  readonly api: HttpApi;
  readonly tableName: string;
}

/** Part of its time-out from which on a function is near to being cut off. */
const SLOW_SHARE = 0.8;

/** Adds every alarm; a new one needs its heading in `docs/runbook.md`. @returns them in the order of the runbook */
export function addAlarms(scope: Construct, sources: AlarmSources): IAlarm[] {
  const planned = {
    ...planOwnFaults(sources),
    ...planAws(sources),
    ...planDiscord(sources),
    ...planTokens(sources),
    ...planSweepAlarms(sources),
  };
  const target: AlarmTarget = { topic: sources.topic, runbookUrl: sources.runbookUrl };
  const alarms = Object.entries(planned).map(([id, plan]) => new RunbookAlarm(scope, id, { ...plan, target }));
  return [...alarms, ...addFunctionAlarms(sources, target)];
}

function planOwnFaults({ metrics, api }: AlarmSources): Record<string, PlannedAlarm> {
  return {
    Bugs: {
      heading: 'Bugs',
      meaning: 'A request ended with an error that nobody foresaw.',
      metric: metrics.count('RequestsBug'),
      threshold: 1,
    },
    ServerErrors: {
      heading: 'Many answers are server errors',
      meaning: 'For 15 minutes at least 10 answers of the API in every five have had a status of 500 or more.',
      metric: api.metricServerError({ statistic: Stats.SUM, period: DEFAULT_PERIOD }),
      threshold: 10,
      periods: 3,
    },
  };
}

function planAws({ metrics, tableName }: AlarmSources): Record<string, PlannedAlarm> {
  return {
    Outages: {
      heading: 'Outages of AWS services',
      meaning: 'For 10 minutes requests have failed because table, key service or secret did not answer.',
      metric: metrics.count('RequestsOutage'),
      threshold: 3,
      periods: 2,
    },
    AwsAccessDenied: {
      heading: 'AWS denies access',
      meaning: 'A policy, or a key that is disabled or about to be deleted, keeps a function from its data.',
      metric: metrics.count(COUNT.awsAccessDenied),
      threshold: 1,
    },
    KeyServiceUnavailable: {
      heading: 'Key service unavailable',
      meaning: 'KMS did not unwrap data keys: sandboxes that start now cannot open any token.',
      metric: metrics.count(COUNT.keyServiceUnavailable),
      threshold: 3,
    },
    AuditUnwritten: {
      heading: 'Audit records are missing',
      meaning: 'The table did not take the record of an event, which stands in the log only.',
      metric: metrics.count(COUNT.auditUnwritten),
      threshold: 1,
    },
    SealedDataUnreadable: {
      heading: 'Stored tokens do not open',
      meaning: 'Sealed data and its key do not belong together, or one of them was changed.',
      metric: metrics.count(COUNT.sealedDataUnreadable),
      threshold: 1,
    },
    TableReadThrottles: planThrottles('reads', buildTableMetric(tableName, 'ReadThrottleEvents')),
    TableWriteThrottles: planThrottles('writes', buildTableMetric(tableName, 'WriteThrottleEvents')),
    IndexWriteThrottles: planThrottles(
      'writes to the index',
      buildTableMetric(tableName, 'WriteThrottleEvents', { GlobalSecondaryIndexName: TABLE.listIndex.name }),
    ),
  };
}

function planThrottles(what: string, metric: IMetric): PlannedAlarm {
  return {
    heading: 'The table is throttled',
    meaning: `DynamoDB turned ${what} away for coming too fast.`,
    metric,
    threshold: 10,
  };
}

function planDiscord({ metrics }: AlarmSources): Record<string, PlannedAlarm> {
  return {
    DiscordUnavailable: {
      heading: 'Discord does not answer',
      meaning: 'For 10 minutes Discord has answered with server errors, too late, or not at all.',
      metric: metrics.count(COUNT.discordUnavailable),
      threshold: 10,
      periods: 2,
    },
    DiscordRateLimited: {
      heading: 'Discord limits the rate',
      meaning: 'Discord answered 429 so often that a ban of the address comes near.',
      // 10,000 refused requests in 10 minutes draw a ban (Discord docs: topics/rate-limits, Invalid Request Limit).
      metric: metrics.count(COUNT.discordRateLimited, Duration.minutes(10)),
      threshold: 1000,
    },
    OperatorCredentialsRejected: {
      heading: 'Discord rejects the client secret',
      meaning: 'Discord refuses client id and secret: nobody can connect, and tokens run out one after the other.',
      metric: metrics.count(COUNT.operatorCredentialsRejected),
      threshold: 1,
    },
  };
}

function planTokens({ metrics }: AlarmSources): Record<string, PlannedAlarm> {
  const period = Duration.minutes(15);
  return {
    RefreshesFail: {
      heading: 'Token refreshes fail',
      meaning: 'Refreshes fail for a reason that lies neither with the user nor with the token.',
      metric: metrics.count(REFRESH_COUNT.other, period),
      threshold: 5,
    },
    ReconnectsRequired: {
      heading: 'Many users have to connect again',
      meaning: 'In 15 minutes so many connections stopped working that it is hardly their users who ended them.',
      metric: metrics.count(COUNT.reconnectRequired, period),
      threshold: 20,
    },
    RotatedTokensSpilled: {
      heading: 'New tokens were spilled',
      meaning: 'The table did not take a new pair of tokens: it waits in Secrets Manager for the next call.',
      metric: metrics.count(COUNT.rotatedTokensSpilled),
      threshold: 1,
    },
    RotatedTokensUnsaved: {
      heading: 'New tokens were lost',
      meaning:
        'A new pair of tokens could be stored neither in the table nor beside it: that user has to connect again.',
      metric: metrics.count(COUNT.rotatedTokensUnsaved),
      threshold: 1,
    },
    RevocationOwed: {
      heading: 'Revocations are owed',
      meaning: 'A connection was disconnected here, but Discord still holds the authorization.',
      metric: metrics.count(COUNT.revocationOwed, period),
      threshold: 1,
    },
    UnwantedTokensNotRevoked: {
      heading: 'Unwanted tokens were not revoked',
      meaning: 'Tokens that nobody stored stay valid at Discord until they end by themselves.',
      metric: metrics.count(COUNT.unwantedTokensNotRevoked, period),
      threshold: 1,
    },
  };
}

/** One of each kind for each function: an alarm over all would be billed by its metrics just the same, and not say which. */
function addFunctionAlarms({ functions, sweep }: AlarmSources, target: AlarmTarget): IAlarm[] {
  return Object.entries(functions).flatMap(([name, served]) => {
    const { function: fn } = served;
    const options = { period: DEFAULT_PERIOD };
    const plans: Record<string, PlannedAlarm> = {
      Errors: {
        heading: 'Functions fail',
        meaning: `The function ${name} crashed, ran out of time or memory, or did not start.`,
        metric: fn.metricErrors(options),
        threshold: 1,
      },
      Throttles: {
        heading: 'Functions are throttled',
        meaning: `Lambda turned requests for the function ${name} away, because too many run at once.`,
        metric: fn.metricThrottles(options),
        threshold: 1,
      },
      // The sweep takes all the time that it needs, and has an alarm of its own for when that is not enough.
      ...(served !== sweep && {
        Slow: {
          heading: 'Functions are slow',
          meaning: `One in a hundred requests takes the function ${name} nearly all the time that it has.`,
          metric: fn.metricDuration({ ...options, statistic: Stats.percentile(99) }),
          threshold: SLOW_SHARE * (fn.timeout?.toMilliseconds() ?? 0),
          periods: 3,
        },
      }),
    };
    return Object.entries(plans).map(([id, plan]) => new RunbookAlarm(served, id, { ...plan, target }));
  });
}
