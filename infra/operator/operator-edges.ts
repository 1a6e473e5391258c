import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createAppSecretWriter } from '../../shared/edges/app-secret-writer.ts';
import { createApiKeyStore, createIntegrationStore, createTenantStore } from '../../shared/edges/integration-store.ts';
import { systemClock, systemRandom } from '../../shared/edges/live.ts';
import { TableClient } from '../../shared/edges/table-client.ts';

/** One installation: a deployed stack, or the local store. */
export interface OperatorTarget {
  readonly tableName: string;
  readonly integrationSecretArn: string;
  readonly publicBaseUrl: string;
  /** Where AWS is when it is not AWS; absent: the SDK's own rules (profile, region, environment) apply. */
  readonly local?: {
    readonly dynamodbEndpoint: string;
    readonly secretsManagerEndpoint: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

/** Time limits of every AWS call, milliseconds: a person is waiting, and an address that does not answer must say so soon. */
const AWS_CLIENT = {
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

/** What the operator's use cases need, over one target. */
export function createOperatorEdges(target: OperatorTarget) {
  const { local } = target;
  const shared = {
    ...AWS_CLIENT,
    ...(local && {
      region: local.region,
      credentials: { accessKeyId: local.accessKeyId, secretAccessKey: local.secretAccessKey },
    }),
  };
  const dynamodb = new DynamoDBClient({ ...shared, ...(local && { endpoint: local.dynamodbEndpoint }) });
  const secretsManager = new SecretsManagerClient({
    ...shared,
    ...(local && { endpoint: local.secretsManagerEndpoint }),
  });
  const table = new TableClient(dynamodb, target.tableName, (ms) => sleep(ms));
  return {
    integrations: createIntegrationStore(table),
    tenants: createTenantStore(table),
    apiKeys: createApiKeyStore(table),
    secretWriter: createAppSecretWriter(secretsManager, target.integrationSecretArn),
    clock: systemClock,
    random: systemRandom,
    publicBaseUrl: target.publicBaseUrl,
    /** Ends idle connections. */
    close: () => {
      dynamodb.destroy();
      secretsManager.destroy();
    },
  };
}

export type OperatorEdges = ReturnType<typeof createOperatorEdges>;
