import { RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays, type LogGroupProps } from 'aws-cdk-lib/aws-logs';

/** Three months, since reads leave their only audit record in the log, and a misuse of a token is often noticed weeks later. */
export const DEFAULT_LOG_RETENTION = RetentionDays.THREE_MONTHS;

/** For every log group. Kept when the stack goes, but not when its very first deployment fails, which would leave empty ones behind. */
export function buildLogGroupProps(retention: RetentionDays): LogGroupProps {
  return { retention, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE };
}
