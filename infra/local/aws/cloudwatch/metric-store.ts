import * as z from 'zod/mini';
import { openStateFile } from '../state-file.ts';

/** A metric as CloudWatch tells them apart: by namespace, name and the exact set of dimensions. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Values of one metric at one time. */
export interface MetricSample extends MetricId {
  readonly values: readonly number[];
  readonly atEpochMs: number;
}

/** What a time holds of a metric. */
export interface Aggregate {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** The metrics of the local CloudWatch, by the minute. */
export interface MetricStore {
  /** Values of another time than the last two days are dropped. */
  add(sample: MetricSample): void;
  /**
   * Everything from the one time, with which a period begins, up to and without the other.
   * @returns by the beginning of the period, oldest first; periods without values are not among it
   */
  aggregate(metric: MetricId, fromEpochMs: number, toEpochMs: number, periodMs: number): ReadonlyMap<number, Aggregate>;
  /** Writes out what is not written yet. */
  save(): void;
}

const MINUTE_MS = 60_000;

/** As long as figures are kept here; CloudWatch keeps those of a minute for 15 days. */
const KEPT_MS = 2 * 24 * 60 * MINUTE_MS;

/** CloudWatch takes values of the near future, too: clocks differ. @see CloudWatch API reference: MetricDatum, Timestamp */
const AHEAD_MS = 2 * 60 * MINUTE_MS;

/** Every request counts, so that writing each time would slow all of them down: a crash loses up to a minute of figures. */
const SAVE_EVERY_MS = MINUTE_MS;

/** Start of the minute in epoch milliseconds, and its aggregate: sum, count, least, greatest. */
const minuteSchema = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]);
const stateSchema = z.strictObject({ metrics: z.array(z.tuple([z.string(), z.array(minuteSchema)])) });

/**
 * Opens the store.
 * @param options.filePath - absent: in memory
 * @param options.now - epoch milliseconds
 */
export function openMetricStore(options: { filePath: string | undefined; now: () => number }): MetricStore {
  const { now } = options;
  const state = openStateFile(options.filePath, (value) => stateSchema.parse(value), { metrics: [] });
  const metrics = new Map(
    state.value.metrics.map(([id, minutes]) => [
      id,
      new Map(minutes.map(([minute, sum, count, min, max]): [number, Aggregate] => [minute, { sum, count, min, max }])),
    ]),
  );
  let savedAtEpochMs = now();
  let prunedAtEpochMs = now();

  function save(): void {
    savedAtEpochMs = now();
    const entries = [...metrics].map(([id, minutes]): z.infer<typeof stateSchema>['metrics'][number] => [
      id,
      [...minutes].map(([minute, { sum, count, min, max }]) => [minute, sum, count, min, max]),
    ]);
    state.value = { metrics: entries };
    state.save();
  }

  function prune(): void {
    if (now() - prunedAtEpochMs < SAVE_EVERY_MS) return;
    prunedAtEpochMs = now();
    for (const [id, minutes] of metrics) {
      for (const minute of minutes.keys()) if (minute < now() - KEPT_MS) minutes.delete(minute);
      if (minutes.size === 0) metrics.delete(id);
    }
  }

  return {
    add(sample) {
      if (sample.atEpochMs < now() - KEPT_MS || sample.atEpochMs > now() + AHEAD_MS) return;
      prune();
      const id = toKey(sample);
      const minutes = metrics.get(id) ?? new Map<number, Aggregate>();
      metrics.set(id, minutes);
      const minute = Math.floor(sample.atEpochMs / MINUTE_MS) * MINUTE_MS;
      const added = sample.values.map((value) => ({ sum: value, count: 1, min: value, max: value }));
      const merged = merge([minutes.get(minute), ...added]);
      if (merged !== undefined) minutes.set(minute, merged);
      if (now() - savedAtEpochMs >= SAVE_EVERY_MS) save();
    },
    aggregate(metric, fromEpochMs, toEpochMs, periodMs) {
      const periods = new Map<number, Aggregate>();
      for (const [minute, found] of [...(metrics.get(toKey(metric)) ?? [])].sort(([a], [b]) => a - b)) {
        if (minute < fromEpochMs || minute >= toEpochMs) continue;
        const start = fromEpochMs + Math.floor((minute - fromEpochMs) / periodMs) * periodMs;
        periods.set(start, merge([periods.get(start), found]) ?? found);
      }
      return periods;
    },
    save,
  };
}

function toKey({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function merge(aggregates: readonly (Aggregate | undefined)[]): Aggregate | undefined {
  return aggregates.reduce((one, other) => {
    if (one === undefined || other === undefined) return one ?? other;
    return {
      sum: one.sum + other.sum,
      count: one.count + other.count,
      min: Math.min(one.min, other.min),
      max: Math.max(one.max, other.max),
    };
  }, undefined);
}
