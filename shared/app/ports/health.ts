import type { Result } from '../../result.ts';

/** One series of figures that the functions have counted. */
export interface MetricQuery {
  readonly name: string;
  readonly statistic: 'Sum' | 'SampleCount';
  /** Only what was counted for this problem code; absent: the metric has no codes. */
  readonly code?: string;
}

/** Equal steps from a time on; the last one may still be running. */
export interface MetricRange {
  readonly fromEpochMs: number;
  readonly stepSeconds: number;
  readonly steps: number;
}

/** The figures are not to be had: by the error's name only. */
export interface MetricsFailure {
  readonly reason: 'metrics_unavailable';
  readonly cause: string;
}

/** Reads back what the functions count. CloudWatch takes a minute or two until it shows it. */
export interface MetricReader {
  /** @returns one list for each query, in their order, with one value for each step; 0 where nothing was counted */
  load(
    queries: readonly MetricQuery[],
    range: MetricRange,
  ): Promise<Result<readonly (readonly number[])[], MetricsFailure>>;
}

/** Bounds how long somebody waits. The work itself cannot be called off: it goes on, and nobody looks at it. */
export interface TimeLimit {
  /** Rejects as the work does. */
  within<T>(ms: number, work: Promise<T>): Promise<Result<T, { readonly reason: 'late' }>>;
}

/** Shows whether the token key can be used, without any tenant's data. */
export interface TokenKeyProbe {
  /** Makes a data key, opens it, and forgets it. @throws OutageError when the key does not serve */
  probe(): Promise<void>;
}
