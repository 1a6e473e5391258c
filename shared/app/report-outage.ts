import { COUNT, type CountName } from '../metric-names.ts';
import type { OutageError } from '../problems/failure.ts';
import type { Log, LogFields, Metrics } from './ports.ts';

const COUNT_OF: Readonly<Partial<Record<string, CountName>>> = {
  storage_unavailable: COUNT.storageUnavailable,
  key_service_unavailable: COUNT.keyServiceUnavailable,
  secret_unavailable: COUNT.secretUnavailable,
  sealed_data_unreadable: COUNT.sealedDataUnreadable,
};

/**
 * Names of AWS errors that no retry helps: a policy refuses, or a key is disabled, about to be deleted or gone.
 * @see KMS docs: Decrypt, Errors
 */
const DENIALS = new Set([
  'AccessDeniedException',
  'DisabledException',
  'KMSInvalidStateException',
  'NotFoundException',
  'ResourceNotFoundException',
]);

export interface OutageDeps {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Tells log and metrics of an outage, wherever it was caught. */
export function reportOutage(deps: OutageDeps, error: OutageError, fields: LogFields = {}): void {
  deps.log.error('outage', { ...fields, code: error.failure.reason, cause: error.causeName });
  const count = COUNT_OF[error.failure.reason];
  if (count === undefined) return;
  deps.metrics.count(count);
  if (DENIALS.has(error.causeName)) deps.metrics.count(COUNT.awsAccessDenied);
}
