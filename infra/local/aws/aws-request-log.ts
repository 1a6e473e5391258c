import type { AwsServiceName } from './aws-service.ts';

/** How often each operation was called over the wire, refused and faulted calls included. Never what was in them. */
export interface AwsRequestLog {
  record(service: AwsServiceName, operation: string): void;
  /** @param operation - AWS's name, for example `Decrypt`; absent: all of the service */
  count(service: AwsServiceName, operation?: string): number;
  /** All counts since the last `clear()`, by `<service>.<operation>`. */
  counts(): Record<string, number>;
  clear(): void;
}

/** Starts with nothing counted. */
export function buildAwsRequestLog(): AwsRequestLog {
  const counts = new Map<string, number>();

  return {
    record(service, operation) {
      const key = `${service}.${operation}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    count(service, operation) {
      if (operation !== undefined) return counts.get(`${service}.${operation}`) ?? 0;
      return [...counts].filter(([key]) => key.startsWith(`${service}.`)).reduce((sum, [, count]) => sum + count, 0);
    },
    counts: () => Object.fromEntries(counts),
    clear() {
      counts.clear();
    },
  };
}
