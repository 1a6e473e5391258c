import type { Log, LogFields } from '../../shared/app/ports.ts';

export interface LogEntry extends LogFields {
  readonly level: string;
  readonly event: string;
}

/** A log that keeps what was written, for assertions and for the leak scan. */
export function createRecordedLog(): Log & { readonly entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  const write = (level: string) => (event: string, fields?: LogFields) => {
    entries.push({ ...fields, level, event });
  };
  return { entries, info: write('info'), warn: write('warn'), error: write('error') };
}
