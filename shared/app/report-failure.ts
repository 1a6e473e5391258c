import { OutageError, type Failure } from '../problems/failure.ts';
import type { LogFields } from './ports.ts';
import { reportOutage, type OutageDeps } from './report-outage.ts';

/**
 * Tells log and metrics of something that was thrown: an outage, or else a bug, which is logged by name and place only, since
 * messages of foreign errors quote what they choked on.
 * @returns the failure to answer with
 */
export function reportFailure(deps: OutageDeps, error: unknown, fields: LogFields = {}): Failure {
  if (error instanceof OutageError) {
    reportOutage(deps, error, fields);
    return error.failure;
  }
  deps.log.error('bug', { ...fields, ...describeError(error) });
  return { reason: 'internal_error' };
}

/** Name and stack frames without the message. */
function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, frames: frames.slice(0, 10).map((line) => line.trim()) };
}
