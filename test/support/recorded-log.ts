import type { LogFields, RequestLog } from '../../shared/app/ports.ts';

export interface LogEntry extends LogFields {
  readonly level: string;
  readonly event: string;
}

/** A log that keeps what was written, for assertions and for the leak scan. */
export interface RecordedLog extends RequestLog {
  /** The lines, each with its own fields only. */
  readonly entries: LogEntry[];
  /** What stands on further lines of a request, too, in the order in which it was begun or noted. */
  readonly noted: LogFields[];
}

export function createRecordedLog(): RecordedLog {
  const entries: LogEntry[] = [];
  const noted: LogFields[] = [];
  const write = (level: string) => (event: string, fields?: LogFields) => {
    entries.push({ ...fields, level, event });
  };
  const note = (facts: LogFields) => {
    noted.push(facts);
  };
  return { entries, noted, begin: note, note, info: write('info'), warn: write('warn'), error: write('error') };
}
