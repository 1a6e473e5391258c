import type { Metrics } from '../../shared/app/ports.ts';

/** One value as it was counted or measured. */
export interface RecordedValue {
  readonly name: string;
  readonly value: number;
  /** Of a failure that was counted by its code. */
  readonly code?: string;
}

/** Metrics that keep what was counted and measured. */
export interface RecordedMetrics extends Metrics {
  /** How often each name was counted or measured since the last `clear()`; published or not. Failures by code are not among it. */
  counts(): Record<string, number>;
  /** How often each code was counted since the last `clear()`. */
  failures(): Record<string, number>;
  clear(): void;
  /** From now on, whatever is published goes there as well. */
  passTo(take: (value: RecordedValue) => void): void;
}

export function createRecordedMetrics(): RecordedMetrics {
  const counts = new Map<string, number>();
  const failures = new Map<string, number>();
  let unpublished: RecordedValue[] = [];
  let pass: ((value: RecordedValue) => void) | undefined;
  const note = (tally: Map<string, number>, key: string, value: RecordedValue) => {
    tally.set(key, (tally.get(key) ?? 0) + 1);
    if (pass !== undefined) unpublished.push(value);
  };
  return {
    count: (name) => note(counts, name, { name, value: 1 }),
    measure: (name, milliseconds) => note(counts, name, { name, value: milliseconds }),
    countFailure: (code) => note(failures, code, { name: 'Failures', value: 1, code }),
    publish: () => {
      for (const value of unpublished.splice(0)) pass?.(value);
    },
    counts: () => Object.fromEntries(counts),
    failures: () => Object.fromEntries(failures),
    clear: () => {
      counts.clear();
      failures.clear();
    },
    passTo: (take) => {
      pass = take;
      unpublished = [];
    },
  };
}
