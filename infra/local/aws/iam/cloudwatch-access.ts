import { AwsError } from '../aws-error.ts';
import type { RequestedAccess } from './requested-access.ts';

/**
 * What a CloudWatch request needs. Reading figures has no resource.
 * @throws AwsError UnknownOperationException for an operation that is not checked here, so that none slips through
 * @see Service Authorization Reference: Actions, resources, and condition keys for Amazon CloudWatch
 */
export function toCloudWatchAccesses(operation: string): RequestedAccess[] {
  if (operation !== 'GetMetricData') {
    throw new AwsError('UnknownOperationException', `the local check of permissions does not know ${operation}`);
  }
  return [{ action: `cloudwatch:${operation}`, resource: '*', context: {} }];
}
