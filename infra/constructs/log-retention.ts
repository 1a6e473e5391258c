import { RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/**
 * For every log group. Three months, since reads leave their only audit record there and a misuse of a token is often noticed
 * weeks later. Kept when the stack goes, but not when its very first deployment fails, which would leave empty groups behind.
 */
export const LOG_RETENTION = {
  retention: RetentionDays.THREE_MONTHS,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
} as const;
