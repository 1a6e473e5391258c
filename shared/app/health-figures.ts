import { COUNT, FAILURES, LATENCY, OUTCOMES, REFRESH_COUNT, toRequestCount, type Outcome } from '../metric-names.ts';
import type { Failure } from '../problems/failure.ts';
import { PROBLEM_TEXTS } from '../problems/problem-texts.ts';
import type { MetricQuery, MetricRange } from './ports.ts';

/** What of the past is shown, in equal steps; the last step is the one that is running. */
export const HEALTH_PERIODS = {
  hour: { stepSeconds: 300, steps: 12 },
  day: { stepSeconds: 3_600, steps: 24 },
} as const;
export type HealthPeriod = keyof typeof HEALTH_PERIODS;

/** Figures of a period, one value for each step. */
export interface HealthSeries {
  /** Answered requests of all routes, the portal's own included. */
  readonly calls: readonly number[];
  /** Those of them that were answered with a problem. */
  readonly failures: readonly number[];
  readonly refreshesOk: readonly number[];
  /** Refreshes that were tried and gave no new tokens. */
  readonly refreshesFailed: readonly number[];
  /** Calls that Discord answered with 429. */
  readonly rateLimited: readonly number[];
  /** Absent where Discord was not called. */
  readonly discordLatencyMsAvg: readonly (number | undefined)[];
}

export interface HealthFigures {
  readonly series: HealthSeries;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Codes that occurred, the most frequent first. */
  readonly errors: readonly { readonly code: string; readonly count: number }[];
}

const CODES = Object.keys(PROBLEM_TEXTS) as Failure['reason'][];

/** Where a period begins: its steps begin at full multiples of their length, as CloudWatch's do. */
export function toHealthRange(period: HealthPeriod, nowEpochMs: number): MetricRange {
  const { stepSeconds, steps } = HEALTH_PERIODS[period];
  const stepMs = stepSeconds * 1_000;
  return { fromEpochMs: (Math.floor(nowEpochMs / stepMs) - (steps - 1)) * stepMs, stepSeconds, steps };
}

/** Everything that {@link computeFigures} looks at. */
export function buildFigureQueries(): readonly MetricQuery[] {
  const sums = [
    ...OUTCOMES.map(toRequestCount),
    ...Object.values(REFRESH_COUNT),
    COUNT.discordRateLimited,
    ...Object.values(LATENCY),
  ];
  return [
    ...sums.map((name) => ({ name, statistic: 'Sum' as const })),
    ...Object.values(LATENCY).map((name) => ({ name, statistic: 'SampleCount' as const })),
    ...CODES.map((code) => ({ name: FAILURES.name, statistic: 'Sum' as const, code })),
  ];
}

/** @param loaded - one list for each of the queries, all of one length */
export function computeFigures(queries: readonly MetricQuery[], loaded: readonly (readonly number[])[]): HealthFigures {
  const found = new Map(queries.map((query, index) => [toKey(query), loaded[index] ?? []]));
  const sumOf = (name: string) => found.get(toKey({ name, statistic: 'Sum' })) ?? [];
  const countOf = (name: string) => found.get(toKey({ name, statistic: 'SampleCount' })) ?? [];
  const requestsOf = (outcome: Outcome) => sumOf(toRequestCount(outcome));
  const latencies = Object.values(LATENCY);
  const [latencySums, latencyCounts] = [addUp(latencies.map(sumOf)), addUp(latencies.map(countOf))];
  return {
    series: {
      calls: addUp(OUTCOMES.map(requestsOf)),
      failures: addUp(OUTCOMES.filter((outcome) => outcome !== 'ok').map(requestsOf)),
      refreshesOk: sumOf(REFRESH_COUNT.ok),
      refreshesFailed: addUp([sumOf(REFRESH_COUNT.connection), sumOf(REFRESH_COUNT.other)]),
      rateLimited: sumOf(COUNT.discordRateLimited),
      discordLatencyMsAvg: latencySums.map((sum, step) => toAverage(sum, latencyCounts[step] ?? 0)),
    },
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, total(requestsOf(outcome))])) as Record<
      Outcome,
      number
    >,
    errors: CODES.map((code) => ({
      code,
      count: total(found.get(toKey({ name: FAILURES.name, statistic: 'Sum', code })) ?? []),
    }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code)),
  };
}

function toKey({ name, statistic, code = '' }: MetricQuery): string {
  return `${name} ${statistic} ${code}`;
}

function addUp(lists: readonly (readonly number[])[]): number[] {
  return (lists[0] ?? []).map((_, step) => total(lists.map((list) => list[step] ?? 0)));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function toAverage(sum: number, count: number): number | undefined {
  return count === 0 ? undefined : Math.round(sum / count);
}
