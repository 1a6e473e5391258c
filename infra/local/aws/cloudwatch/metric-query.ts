import { AwsError } from '../aws-error.ts';
import { checkMembers, isJsonObject, readChoice, readFlag, readInteger, readText, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { MetricId } from './metric-store.ts';

/** Statistics that are kept by the minute; percentiles are not. */
export const STATISTICS = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** One entry of `MetricDataQueries`. */
export interface MetricQuery {
  readonly id: string;
  readonly label: string;
  readonly metric: MetricId;
  readonly periodMs: number;
  readonly statistic: Statistic;
  /** False: AWS would use it in an expression, of which there are none here. */
  readonly isReturned: boolean;
}

const MAX_QUERIES = 500;
const MAX_DIMENSIONS = 30;

/** Seconds. The greatest period that CloudWatch takes is a day. */
const PERIOD = { min: 60, max: 86_400 };
const NAME = { min: 1, max: 255 };
const VALUE = { min: 1, max: 1024 };

/** Reads `MetricDataQueries`. @throws AwsError also for what AWS knows and this server does not: expressions, other accounts, units */
export function readQueries(input: JsonObject): MetricQuery[] {
  const queries = readObjects(input, 'MetricDataQueries', MAX_QUERIES);
  if (queries.length === 0)
    throw new AwsError('ValidationException', 'The parameter MetricDataQueries must not be empty.');
  const read = queries.map(readQuery);
  const twice = read.find(({ id }, index) => read.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) {
    throw new AwsError(
      'ValidationException',
      `The values for parameter id in MetricDataQueries are not unique: ${twice.id}`,
    );
  }
  return read;
}

function readQuery(query: JsonObject): MetricQuery {
  checkMembers(query, ['Id', 'Label', 'MetricStat', 'ReturnData']);
  const id = requireText(query, 'Id', NAME);
  if (!/^[a-z][A-Za-z0-9_]*$/.test(id)) {
    throw new AwsError(
      'ValidationException',
      'The values for parameter id in MetricDataQueries must start with a lower-case letter and consist of letters, digits and underscores.',
    );
  }
  const stat = requireObject(query, 'MetricStat');
  checkMembers(stat, ['Metric', 'Period', 'Stat']);
  const metric = readMetric(requireObject(stat, 'Metric'));
  return {
    id,
    label: readText(query, 'Label', { min: 0, max: 255 }) ?? metric.name,
    metric,
    periodMs: readPeriod(stat) * 1_000,
    statistic: readStatistic(stat),
    isReturned: query['ReturnData'] == null || readFlag(query, 'ReturnData'),
  };
}

function readMetric(metric: JsonObject): MetricId {
  checkMembers(metric, ['Namespace', 'MetricName', 'Dimensions']);
  const dimensions = readObjects(metric, 'Dimensions', MAX_DIMENSIONS).map((dimension) => {
    checkMembers(dimension, ['Name', 'Value']);
    return [requireText(dimension, 'Name', NAME), requireText(dimension, 'Value', VALUE)] as const;
  });
  return {
    namespace: requireText(metric, 'Namespace', NAME),
    name: requireText(metric, 'MetricName', NAME),
    dimensions: Object.fromEntries(dimensions),
  };
}

function readPeriod(stat: JsonObject): number {
  const period = readInteger(stat, 'Period', PERIOD);
  if (period === undefined) throw new AwsError('ValidationException', 'The parameter Period is required.');
  if (period % 60 !== 0) throw new AwsError('ValidationException', 'The parameter Period must be a multiple of 60.');
  return period;
}

function readStatistic(stat: JsonObject): Statistic {
  const statistic = readChoice(stat, 'Stat', STATISTICS);
  if (statistic === undefined) throw new AwsError('ValidationException', 'The parameter Stat is required.');
  return statistic;
}

function requireObject(input: JsonObject, key: string): JsonObject {
  const value = input[key];
  if (value == null) throw new AwsError('ValidationException', `The parameter ${key} is required.`);
  if (!isJsonObject(value)) throw new AwsError('SerializationException', `${key} must be a structure`);
  return value;
}

/** Absent counts as empty. */
function readObjects(input: JsonObject, key: string, max: number): JsonObject[] {
  const list = input[key] ?? [];
  if (!Array.isArray(list) || !list.every(isJsonObject)) {
    throw new AwsError('SerializationException', `${key} must be a list of structures`);
  }
  if (list.length > max) {
    throw new AwsError('ValidationException', `The collection ${key} must not have a size greater than ${max}.`);
  }
  return list;
}
