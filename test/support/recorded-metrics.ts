import type { Metrics } from '../../shared/app/ports.ts';

/** Metrics that keep what was counted and measured. */
export interface RecordedMetrics extends Metrics {
  /** How often each name was counted or measured since the last `clear()`; published or not. */
  counts(): Record<string, number>;
  clear(): void;
}

export function createRecordedMetrics(): RecordedMetrics {
  const counts = new Map<string, number>();
  const add = (name: string) => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    count: add,
    measure: add,
    publish: () => undefined,
    counts: () => Object.fromEntries(counts),
    clear: () => counts.clear(),
  };
}
