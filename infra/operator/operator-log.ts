import type { Log, LogFields, Metrics } from '../../shared/app/ports.ts';

/** Metrics of a command line: there is nobody to count for, a person reads the warnings. */
export const noMetrics: Metrics = {
  count: () => undefined,
  measure: () => undefined,
  countFailure: () => undefined,
  publish: () => undefined,
};

/** Warnings and errors of the use cases, one line each, for the person at the terminal; what went well he sees by the answer. */
export function createOperatorLog(stderr: { write(text: string): unknown }): Log {
  const write = (event: string, fields: LogFields = {}): void => {
    const facts = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${String(value)}`],
    );
    stderr.write(`warning: ${[event, ...facts].join(' ')}\n`);
  };
  return { info: () => undefined, warn: write, error: write };
}
