import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { OperatorError } from './operator-error.ts';

/** Region of a Secrets Manager ARN. @see AWS General Reference, Amazon Resource Names */
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):[0-9]{12}:secret:\S+$/;

/**
 * Checks, before anything is sent, that the SDK finds a region and credentials, and that the region is the stack's own: in
 * another one the table would only seem to be missing.
 * @throws OperatorError saying what to set
 */
export async function checkAwsAccess(integrationSecretArn: string): Promise<void> {
  const region = SECRET_ARN.exec(integrationSecretArn)?.[1];
  if (region === undefined) throw new OperatorError('the secret is not named by the ARN of a Secrets Manager secret');
  const client = new DynamoDBClient();
  try {
    const chosen = await find(() => client.config.region());
    if (chosen === undefined)
      throw new OperatorError(`no AWS region is set; the stack is in ${region}: AWS_REGION=${region}`);
    if (chosen !== region) {
      throw new OperatorError(`the AWS region is ${chosen}, but the stack is in ${region}: set AWS_REGION=${region}`);
    }
    await client.config.credentials().catch((error: unknown) => {
      throw new OperatorError(describeMissingCredentials(error));
    });
  } finally {
    client.destroy();
  }
}

/** The SDK throws a plain Error for "Region is missing". */
async function find<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

/** The SDK's message is only looked at: that of a credential process can quote its output. */
function describeMissingCredentials(error: unknown): string {
  return error instanceof Error && /expired/i.test(error.message)
    ? 'the AWS credentials have expired; sign in again (aws sso login)'
    : 'there are no usable AWS credentials; sign in (aws sso login), or choose a profile with AWS_PROFILE';
}
