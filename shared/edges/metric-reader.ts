import { GetMetricDataCommand, type CloudWatchClient, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { MetricQuery, MetricRange, MetricReader } from '../app/ports.ts';
import { DEPLOYMENT_DIMENSION, FAILURES, METRIC_NAMESPACE } from '../metric-names.ts';
import { fail, ok } from '../result.ts';

/**
 * Reads one deployment's figures, all series in one request: CloudWatch takes up to 500 of them and bills each.
 * @param openClient - called at the first read: other routes of the function need no such client
 * @param deploymentName - as in {@link createMetrics}
 * @see CloudWatch API reference: GetMetricData
 */
export function createMetricReader(openClient: () => CloudWatchClient, deploymentName: string): MetricReader {
  let client: CloudWatchClient | undefined;
  return {
    load: async (queries, range) => {
      const series = queries.map(() => new Array<number>(range.steps).fill(0));
      const byId = new Map(series.map((values, index) => [toId(index), values]));
      let after: string | undefined;
      do {
        try {
          client ??= openClient();
          const page = await client.send(buildCommand(queries, range, deploymentName, after));
          const broken = (page.MetricDataResults ?? []).find(isBroken);
          if (broken !== undefined) return fail({ reason: 'metrics_unavailable', cause: String(broken.StatusCode) });
          for (const result of page.MetricDataResults ?? []) addPoints(byId.get(result.Id ?? ''), result, range);
          after = page.NextToken;
        } catch (error) {
          return fail({ reason: 'metrics_unavailable', cause: error instanceof Error ? error.name : 'unknown' });
        }
      } while (after !== undefined);
      return ok(series);
    },
  };
}

function buildCommand(
  queries: readonly MetricQuery[],
  { fromEpochMs, stepSeconds, steps }: MetricRange,
  deploymentName: string,
  after: string | undefined,
): GetMetricDataCommand {
  return new GetMetricDataCommand({
    StartTime: new Date(fromEpochMs),
    EndTime: new Date(fromEpochMs + steps * stepSeconds * 1_000),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: queries.map(({ name, statistic, code }, index) => ({
      Id: toId(index),
      MetricStat: {
        Metric: {
          Namespace: METRIC_NAMESPACE,
          MetricName: name,
          Dimensions: [
            { Name: DEPLOYMENT_DIMENSION, Value: deploymentName },
            ...(code === undefined ? [] : [{ Name: FAILURES.codeDimension, Value: code }]),
          ],
        },
        Period: stepSeconds,
        Stat: statistic,
      },
    })),
    ...(after === undefined ? {} : { NextToken: after }),
  });
}

function toId(index: number): string {
  return `q${index}`;
}

/** `PartialData` is no fault: the rest comes with the next page. */
function isBroken({ StatusCode }: MetricDataResult): boolean {
  return StatusCode !== 'Complete' && StatusCode !== 'PartialData';
}

function addPoints(values: number[] | undefined, result: MetricDataResult, { fromEpochMs, stepSeconds }: MetricRange) {
  (result.Timestamps ?? []).forEach((timestamp, index) => {
    const step = Math.floor((timestamp.getTime() - fromEpochMs) / (stepSeconds * 1_000));
    const known = values?.[step];
    if (values !== undefined && known !== undefined) values[step] = known + (result.Values?.[index] ?? 0);
  });
}
