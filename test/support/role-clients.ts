import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Gateway } from '../../infra/local/gateway/start-gateway.ts';

/**
 * AWS clients with the credentials of one function's role, so that the local AWS servers deny what its policy does not allow.
 * @param name - beginning of the function's logical id
 * @param maxCallMs - as in `shared/edges/live.ts`, whose other settings these have as well
 */
export function createRoleClients(functions: Gateway['functions'], name: string, maxCallMs = 3_000) {
  const model = [...functions.values()].find(({ logicalId }) => logicalId.startsWith(`${name}Function`));
  const read = (variable: string): string => {
    const value = model?.environment[variable];
    if (value === undefined) throw new Error(`${name} has no ${variable}`);
    return value;
  };
  const shared = {
    region: read('AWS_REGION'),
    credentials: {
      accessKeyId: read('AWS_ACCESS_KEY_ID'),
      secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
      sessionToken: read('AWS_SESSION_TOKEN'),
    },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: maxCallMs, throwOnRequestTimeout: true },
  };
  return {
    dynamodb: new DynamoDBClient({ ...shared, endpoint: read('AWS_ENDPOINT_URL_DYNAMODB') }),
    kms: new KMSClient({ ...shared, endpoint: read('AWS_ENDPOINT_URL_KMS') }),
    secretsManager: new SecretsManagerClient({ ...shared, endpoint: read('AWS_ENDPOINT_URL_SECRETS_MANAGER') }),
  };
}
