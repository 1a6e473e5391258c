import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { checkMembers, readChoice, readInteger, readText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import { buildOperationsService } from '../operations-service.ts';
import { readQueries } from './metric-query.ts';
import type { MetricQuery, Statistic } from './metric-query.ts';
import type { Aggregate, MetricStore } from './metric-store.ts';

/** The most values of one answer, and the usual number. @see CloudWatch API reference: GetMetricData, MaxDatapoints */
const MAX_DATAPOINTS = 100_800;

const MINUTE_MS = 60_000;

/** A moment, by its beginning, and what is told of it. */
interface Point {
  readonly atEpochSeconds: number;
  readonly value: number;
}

/**
 * Builds CloudWatch over a metric store: `GetMetricData` for single metrics. Alarms, dashboards, expressions and percentiles are not
 * there, and nobody can write: metrics come out of the logs.
 * @see CloudWatch API reference: GetMetricData
 */
export function buildCloudWatchService(store: MetricStore): AwsService {
  const service = buildOperationsService({
    name: 'cloudwatch',
    targetPrefix: 'GraniteServiceVersion20100801',
    credentialScope: 'monitoring',
    operations: {
      GetMetricData(input) {
        checkMembers(input, ['MetricDataQueries', 'StartTime', 'EndTime', 'ScanBy', 'MaxDatapoints', 'NextToken']);
        const queries = readQueries(input);
        const range = readRange(input, queries);
        const scanBy = readChoice(input, 'ScanBy', ['TimestampAscending', 'TimestampDescending']);
        const pageSize = readInteger(input, 'MaxDatapoints', { min: 1, max: MAX_DATAPOINTS }) ?? MAX_DATAPOINTS;
        const results = queries
          .filter(({ isReturned }) => isReturned)
          .map((query) => {
            const points = readPoints(store, query, range);
            return { query, points: scanBy === 'TimestampAscending' ? points : points.toReversed() };
          });
        return toPage(results, { pageSize, ...readToken(input) });
      },
    },
  });
  return {
    ...service,
    close: () => {
      store.save();
      return service.close();
    },
  };
}

interface Range {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

/**
 * Reads start and end; the start counts by the whole minute, the end itself does not belong to it. Where AWS puts the values when
 * the start is no multiple of the period is not known here, so that must not be asked.
 */
function readRange(input: JsonObject, queries: readonly MetricQuery[]): Range {
  const fromEpochMs = Math.floor(readTime(input, 'StartTime') / MINUTE_MS) * MINUTE_MS;
  const toEpochMs = readTime(input, 'EndTime');
  if (fromEpochMs === toEpochMs) {
    throw new AwsError('ValidationException', 'The parameter StartTime must not equal parameter EndTime.');
  }
  if (fromEpochMs > toEpochMs) {
    throw new AwsError('ValidationException', 'The parameter StartTime must be less than the parameter EndTime.');
  }
  if (queries.some(({ periodMs }) => fromEpochMs % periodMs !== 0)) {
    throw new AwsError(
      'ValidationException',
      'the local server does not support a StartTime that is no multiple of Period',
    );
  }
  return { fromEpochMs, toEpochMs };
}

/** Times are seconds in this protocol, with or without a fraction. */
function readTime(input: JsonObject, key: string): number {
  const value = input[key];
  if (value == null) throw new AwsError('ValidationException', `The parameter ${key} is required.`);
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new AwsError('SerializationException', `${key} must be a timestamp`);
  }
  return value * 1_000;
}

/** Oldest first, without the times in which there was nothing. */
function readPoints(store: MetricStore, { metric, periodMs, statistic }: MetricQuery, range: Range): Point[] {
  const { fromEpochMs, toEpochMs } = range;
  return [...store.aggregate(metric, fromEpochMs, toEpochMs, periodMs)].map(([startEpochMs, aggregate]) => ({
    atEpochSeconds: startEpochMs / 1_000,
    value: toStatistic(aggregate, statistic),
  }));
}

function toStatistic({ sum, count, min, max }: Aggregate, statistic: Statistic): number {
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return min;
    case 'Maximum':
      return max;
  }
}

/** Where a page begins, counted in values over all queries, and what it must be a page of. */
interface Place {
  readonly offset: number;
  readonly requestDigest: string;
}

function readToken({ NextToken, ...request }: JsonObject): Place {
  const requestDigest = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
  const token = readText({ NextToken }, 'NextToken', { min: 0, max: 8_192 });
  if (token === undefined) return { offset: 0, requestDigest };
  const [offset = '', digest] = Buffer.from(token, 'base64url').toString().split(' ');
  if (digest !== requestDigest || !/^[1-9][0-9]*$/.test(offset)) throw new AwsError('InvalidNextToken');
  return { offset: Number(offset), requestDigest };
}

interface FoundSeries {
  readonly query: MetricQuery;
  readonly points: readonly Point[];
}

/** Fills a page query by query. The first one also names those that have no values. */
function toPage(results: readonly FoundSeries[], page: Place & { readonly pageSize: number }): JsonObject {
  const { offset, pageSize, requestDigest } = page;
  const end = offset + pageSize;
  let before = 0;
  const shown = results.flatMap(({ query, points }) => {
    const from = before;
    before += points.length;
    const slice = points.slice(Math.max(0, offset - from), Math.max(0, end - from));
    if (slice.length === 0 && (points.length > 0 || offset > 0)) return [];
    return [
      {
        Id: query.id,
        Label: query.label,
        Timestamps: slice.map(({ atEpochSeconds }) => atEpochSeconds),
        Values: slice.map(({ value }) => value),
        StatusCode: before > end ? 'PartialData' : 'Complete',
      },
    ];
  });
  return {
    MetricDataResults: shown,
    Messages: [],
    ...(before > end ? { NextToken: Buffer.from(`${end} ${requestDigest}`).toString('base64url') } : {}),
  };
}
