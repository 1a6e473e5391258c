import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsServers } from '../../../infra/local/aws/aws-servers.ts';

/** Unmodified SDK clients that try once, so that a test sees each answer as it came. */
export function buildSdkClients({ endpoints }: Pick<AwsServers, 'endpoints'>) {
  const shared = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return {
    dynamoDb: new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb }),
    kms: new KMSClient({ ...shared, endpoint: endpoints.kms }),
    secretsManager: new SecretsManagerClient({ ...shared, endpoint: endpoints.secretsManager }),
  };
}

/** Waits for a refusal and gives what tells one from another. */
export async function findRefusal(call: Promise<unknown>): Promise<{ name: string; message: string; status: unknown }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : {};
    return { name: error.name, message: error.message, status: metadata.httpStatusCode };
  }
  throw new Error('expected a refusal, got an answer');
}
