/** The one account and region of the local servers. All zeros, so that an ARN of theirs is never taken for a real one. */
export const LOCAL_ACCOUNT = { accountId: '000000000000', region: 'us-east-1' } as const;

/**
 * Builds the ARN of a local resource.
 * @param service - namespace as in ARNs: `dynamodb`, `kms`, `secretsmanager`
 * @param resource - what follows the account, for example `key/<id>`
 */
export function buildArn(service: 'dynamodb' | 'kms' | 'secretsmanager', resource: string): string {
  return `arn:aws:${service}:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:${resource}`;
}
